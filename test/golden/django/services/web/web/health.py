"""Probes: /livez says that the process answers, /readyz that it can do its work."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from web.celery import app

logger = logging.getLogger(__name__)


class ProbeMiddleware:
    """Answers the probes before anything else looks at the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            if request.path_info == "/livez":
                return JsonResponse({"status": "ok"})
            if request.path_info == "/readyz":
                return readyz()
        return self.get_response(request)


def readyz() -> JsonResponse:
    """Ask every dependency; each answers or fails within two seconds or so."""
    checks: dict[str, Callable[[], object]] = {
        "database": check_database,
        "cache": check_cache,
        "broker": check_broker,
    }
    dependencies = {name: state(name, check) for name, check in checks.items()}
    ok = "error" not in dependencies.values()
    return JsonResponse(
        {"status": "ok" if ok else "error", "dependencies": dependencies},
        status=200 if ok else 503,
    )


def state(name: str, check: Callable[[], object]) -> str:
    """Return ok or error; why goes to the log, not to the client."""
    try:
        check()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the dependency is not usable
        logger.warning("%s is not ready: %s", name, error)
        return "error"
    return "ok"


def check_database() -> None:
    """Run a query on this thread's connection."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        # The next check opens a new one.
        connection.close()
        raise


def check_cache() -> None:
    """Look up a key that need not be there."""
    cache.get("readyz")


def check_broker() -> None:
    """Log in at the broker."""
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.connect()
