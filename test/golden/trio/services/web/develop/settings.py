"""A developer's machine: any host name will do."""

from web.settings import *  # noqa: F403

DEBUG = True
ALLOWED_HOSTS: list[str] | None = None
LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"console": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "console"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
