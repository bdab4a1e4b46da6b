"""What gunicorn serves: `ccshare.app.wsgi:app`."""

from . import create_app

app = create_app()
