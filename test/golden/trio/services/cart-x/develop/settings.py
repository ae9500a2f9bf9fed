"""A developer's machine: any host name will do."""

from cart_x.environment import text
from cart_x.settings import *  # noqa: F403

DEBUG = True
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS: list[str] | None = None
LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"console": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "console"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
