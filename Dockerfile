# Groundwork as an image: Debian's Python and pango, the locked packages, nobody's root. docs/operations.md says how to run it.
#   docker build --tag groundwork .

ARG BASE=docker.io/library/debian:trixie-slim

# --- Made here, and left behind: uv, and what only building needs ----------------------------------------------------
FROM ${BASE} AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-client-17 python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON=/usr/bin/python3 UV_SYSTEM_CERTS=1 \
    UV_PROJECT_ENVIRONMENT=/app/.venv
RUN python3 -m venv /uv && /uv/bin/pip install --no-cache-dir "uv>=0.13,<1"
WORKDIR /app
# First what changes seldom, so that a change in our code does not install everything anew.
COPY pyproject.toml uv.lock ./
RUN /uv/bin/uv sync --locked --no-dev
COPY . .
RUN python3 -m compileall -q advisor assessments reports \
    && GROUNDWORK_DATA=/tmp/data GROUNDWORK_STATIC=/app/collected .venv/bin/python manage.py collectstatic --no-input \
    && rm -rf /tmp/data pyproject.toml uv.lock

# --- What runs ----------------------------------------------------------------------------------------------------------
FROM ${BASE}
# pango sets the PDFs; libpq carries pg_dump and pg_restore, which back up and restore.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 libpq5 python3 \
    && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
    && useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin groundwork \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
    && install --directory --owner=groundwork --group=groundwork --mode=0700 /data
COPY --from=build /usr/lib/postgresql/17/bin/pg_dump /usr/lib/postgresql/17/bin/pg_restore /usr/local/bin/
COPY --from=build /app /app
WORKDIR /app
ENV GROUNDWORK_DATA=/data GROUNDWORK_LOGS=json GROUNDWORK_STATIC=/app/collected PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /data
EXPOSE 8000
# As a balancer would ask; without curl, which would be one more program for whoever gets in.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 \
    CMD ["/app/.venv/bin/python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8000, timeout=8); c.request('GET', '/livez'); raise SystemExit(c.getresponse().status != 200)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/.venv/bin/python", "manage.py"]
CMD ["serve", "--host", "0.0.0.0", "--drain", "5"]
