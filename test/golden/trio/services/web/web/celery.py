"""The Celery application; its settings are in celery_settings.py."""

import logging.config
import os
from importlib import import_module

from celery import Celery
from celery.signals import setup_logging

from web import heartbeat  # noqa: F401 - connects the worker's signals
from web.celery_settings import celery_settings

app = Celery("web", include=["web.tasks"])
app.add_defaults(celery_settings)


@setup_logging.connect
def configure_logging(**_: object) -> None:
    """Log like the web server."""
    logging.config.dictConfig(import_module(os.environ["APP_SETTINGS"]).LOGGING)
