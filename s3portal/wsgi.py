"""WSGI entry point for gunicorn, which loads it once and then forks."""

import os

import django
from django.core.wsgi import get_wsgi_application

from s3portal import startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s3portal.settings")
startup.load_settings()
with startup.plain_faults():
    django.setup()
    startup.require_services()
    application = get_wsgi_application()
