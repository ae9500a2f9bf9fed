"""The Celery application; its settings are in celery_settings.py."""

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from shop import heartbeat  # noqa: F401 - connects the worker's signals
from shop.celery_settings import celery_settings

app = Celery("shop")
app.add_defaults(celery_settings)
# The tasks.py of every app among INSTALLED_APPS.
app.autodiscover_tasks()

# What is raised by sending a task or asking for its state while a server is away.
UNAVAILABLE = (OperationalError, RedisError, RuntimeError)
