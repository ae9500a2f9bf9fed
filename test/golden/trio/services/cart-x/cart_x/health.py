"""Probes: /livez says that the process answers, /readyz that it can do its work."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from cart_x.cache import read
from cart_x.celery import app
from cart_x.database import engine

logger = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """Touch nothing."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, HTTPStatus]:
    """Ask every dependency; each answers or fails within two seconds or so."""
    checks: dict[str, Callable[[], object]] = {
        "database": check_database,
        "cache": lambda: read("readyz"),
        "broker": check_broker,
    }
    dependencies = {name: state(name, check) for name, check in checks.items()}
    ok = "error" not in dependencies.values()
    answer = jsonify(status="ok" if ok else "error", dependencies=dependencies)
    return answer, HTTPStatus.OK if ok else HTTPStatus.SERVICE_UNAVAILABLE


def state(name: str, check: Callable[[], object]) -> str:
    """Return ok or error; why goes to the log, not to the client."""
    try:
        check()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the dependency is not usable
        logger.warning("%s is not ready: %s", name, error)
        return "error"
    return "ok"


def check_database() -> None:
    """Run a query."""
    with engine().connect() as connection:
        connection.execute(text("SELECT 1"))


def check_broker() -> None:
    """Log in at the broker."""
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.connect()
