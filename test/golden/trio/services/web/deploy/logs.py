"""Logs as JSON lines on standard output, one object for each record."""

import json
import logging
from datetime import UTC, datetime
from typing import override

from web.environment import text


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
        for name in ("status", "microseconds", "request_id"):
            if hasattr(record, name):
                entry[name] = getattr(record, name)
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


LEVEL = text("LOG_LEVEL", "INFO").upper()

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "deploy.logs.JsonFormatter"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": ["stdout"], "level": LEVEL},
    "loggers": {
        "gunicorn.error": {"handlers": ["stdout"], "level": LEVEL, "propagate": False},
        # web.protection logs requests, and knows more of them.
        "web.protection": {"handlers": [], "level": "INFO", "propagate": True},
        "uvicorn.access": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
