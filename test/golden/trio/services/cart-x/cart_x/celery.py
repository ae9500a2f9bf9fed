"""The Celery application; its settings are in celery_settings.py."""

import logging.config
import os
from importlib import import_module

from celery import Celery
from celery.signals import setup_logging

from cart_x import heartbeat  # noqa: F401 - connects the worker's signals
from cart_x.celery_settings import celery_settings

app = Celery("cart_x", include=["cart_x.tasks"])
app.add_defaults(celery_settings)


@setup_logging.connect
def configure_logging(**_: object) -> None:
    """Log like the web server."""
    logging.config.dictConfig(import_module(os.environ["APP_SETTINGS"]).LOGGING)
