"""The service as a Django app."""

from importlib import import_module
from typing import override

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """Connects what has to know of changes."""

    name = "shop"

    @override
    def ready(self) -> None:
        import_module("shop.stats")
