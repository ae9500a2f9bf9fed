"""The Celery application; its settings are in celery_settings.py."""

from celery import Celery

from web import heartbeat  # noqa: F401 - connects the worker's signals
from web.celery_settings import celery_settings

app = Celery("web")
app.add_defaults(celery_settings)
# The tasks.py of every app among INSTALLED_APPS.
app.autodiscover_tasks()
