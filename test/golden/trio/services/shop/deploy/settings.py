"""Production: everything that differs between machines comes from the environment."""

from deploy.logs import LOGGING  # noqa: F401 - a Django setting
from shop.connections import caches, databases, mailers
from shop.environment import flag, items, text
from shop.settings import *  # noqa: F403

DEBUG = False
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS = items("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = items("TRUSTED_ORIGINS", "")
FORCE_SCRIPT_NAME = text("ROOT_PATH")
STATIC_URL = f"{FORCE_SCRIPT_NAME}/static/"
# The proxy sets this header, whatever a client has sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
# Whether all subdomains use TLS, too, is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
DATABASES = databases()
CACHES = caches()
MAILERS = mailers()
DEFAULT_FROM_EMAIL = text("EMAIL_FROM")
