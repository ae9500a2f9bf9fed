"""Production: everything that differs between machines comes from the environment."""

from deploy.logs import LOGGING  # noqa: F401 - a setting
from web.environment import items
from web.settings import *  # noqa: F403

DEBUG = False
# A name that begins with a dot stands for its subdomains, too.
ALLOWED_HOSTS: list[str] | None = [name.lower() for name in items("ALLOWED_HOSTS")]
