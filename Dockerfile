# One image for web, worker and beat. Build: docker build -t s3portal .
FROM node:22-slim AS bundle
WORKDIR /bundle
COPY package.json package-lock.json ./
RUN npm ci --silent --no-audit --no-fund

FROM python:3.11-slim-bookworm
# Code and static files belong to the image, everything that changes to VAR_DIR.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    VAR_DIR=/var/lib/s3portal STATIC_ROOT=/app/collected \
    GUNICORN_CMD_ARGS=--bind=0.0.0.0:8000
# For backup and restore: the version of the server in docker-compose.yml.
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --from=bundle /bundle/node_modules ./node_modules
COPY . .
# Collecting needs some key; this one is gone with the command.
RUN useradd --system --create-home --home-dir "$VAR_DIR" portal \
    && SECRET_KEY="$(head -c 48 /dev/urandom | base64 -w0)" \
       python manage.py collectstatic --no-input --ignore redoc --verbosity 0 \
    && chown -R portal "$VAR_DIR"
USER portal
VOLUME /var/lib/s3portal
EXPOSE 8000
# gunicorn.conf.py says how.
CMD ["gunicorn"]
