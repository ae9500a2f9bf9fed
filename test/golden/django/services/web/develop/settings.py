"""A developer's machine: errors are shown in the browser, and any host name will do."""

from web.connections import caches, databases, mailers
from web.environment import text
from web.settings import *  # noqa: F403

DEBUG = True
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS = ["*"]
DATABASES = databases()
CACHES = caches()
MAILERS = mailers()
DEFAULT_FROM_EMAIL = "web@localhost"
