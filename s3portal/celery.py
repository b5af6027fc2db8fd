"""The Celery application: Redis in production, a file queue by default."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s3portal.settings")

app = Celery("s3portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
