# Three stages: htmx from npm, the package with everything it needs, and the small rest that runs.
ARG PYTHON=3.13

FROM node:24-slim AS htmx
WORKDIR /build
COPY package.json .npmrc ./
RUN npm install --omit=dev && npm run build

FROM python:${PYTHON}-slim AS package
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY . .
COPY --from=htmx /build/static/vendor static/vendor
RUN python -m venv /venv && /venv/bin/pip install --requirement requirements.txt

FROM python:${PYTHON}-slim
# A fixed number, so that volumes keep their owner from one image to the next.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data ccshare \
    && install --directory --owner=ccshare --group=ccshare --mode=0700 /data
COPY --from=package /venv /venv
# Nothing is written outside /data: the root may be read-only.
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORT=8080 \
    DATABASE_PATH=/data/sessions.db
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
CMD ["ccshare-server", "serve"]
