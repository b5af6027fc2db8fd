"""Composition root: settings, URLs, Celery, the API's common parts."""

from s3portal.celery import app as celery_app

__all__ = ["celery_app"]
