"""A developer's machine: errors are shown in the browser, and any host name will do."""

from shop.connections import caches, databases, mailers
from shop.environment import text
from shop.settings import *  # noqa: F403

DEBUG = True
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS = ["*"]
FORCE_SCRIPT_NAME = text("ROOT_PATH")
STATIC_URL = f"{FORCE_SCRIPT_NAME}/static/"
DATABASES = databases()
CACHES = caches()
MAILERS = mailers()
DEFAULT_FROM_EMAIL = "shop@localhost"
