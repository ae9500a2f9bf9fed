"""Production: everything that differs between machines comes from the environment."""

from cart_x.environment import items, text
from cart_x.settings import *  # noqa: F403
from deploy.logs import LOGGING  # noqa: F401 - a setting

DEBUG = False
SECRET_KEY = text("SECRET_KEY")
# A name that begins with a dot stands for its subdomains, too.
ALLOWED_HOSTS: list[str] | None = [name.lower() for name in items("ALLOWED_HOSTS")]
