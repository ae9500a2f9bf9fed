"""Logs as JSON lines on standard output, one object for each record."""

import json
import logging
from datetime import UTC, datetime
from typing import override

from shop.environment import text


class JsonFormatter(logging.Formatter):
    """Time (UTC), level, logger and message; an exception as text."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.name == "gunicorn.access" and isinstance(record.args, dict):
            entry |= {
                "message": record.args["r"],
                "status": int(str(record.args["s"])),
                "microseconds": record.args["D"],
                "request_id": record.args["{x-request-id}i"],
            }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


class NoProbes(logging.Filter):
    """Leaves out the healthcheck's successful requests, which would drown the others."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        args = record.args
        return not (isinstance(args, dict) and args["U"] == "/livez" and str(args["s"]) == "200")


LEVEL = text("LOG_LEVEL", "INFO").upper()

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "deploy.logs.JsonFormatter"}},
    "filters": {"no_probes": {"()": "deploy.logs.NoProbes"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": ["stdout"], "level": LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": LEVEL, "propagate": True},
        "gunicorn.error": {"handlers": ["stdout"], "level": LEVEL, "propagate": False},
        "gunicorn.access": {
            "handlers": ["stdout"],
            "filters": ["no_probes"],
            "level": "INFO",
            "propagate": False,
        },
    },
}
