"""What gunicorn serves: `ccshare.app.wsgi:app`."""

from . import create_app, logs
from .settings import Settings

logs.configure(Settings.load())
app = create_app()
