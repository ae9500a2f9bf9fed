"""Production: everything that differs between machines comes from the environment."""

from cart_x.environment import items, text
from cart_x.settings import *  # noqa: F403
from deploy.logs import LOGGING  # noqa: F401 - a setting

DEBUG = False
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS: list[str] | None = items("ALLOWED_HOSTS")
