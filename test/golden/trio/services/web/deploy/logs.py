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
        "gunicorn.access": {
            "handlers": ["stdout"],
            "level": "INFO",
            "propagate": False,
        },
    },
}
