"""The service web."""

from web.celery import app as celery_app

__all__ = ["celery_app"]
