"""The servers that the service talks to, as the environment names them."""

from redis.backoff import NoBackoff
from redis.retry import Retry

from shop.environment import flag, integer, text


def databases() -> dict[str, dict[str, object]]:
    """Return Django's DATABASES."""
    return {
        "default": {
            "ENGINE": "django.db.backends.mysql",
            "HOST": text("DATABASE_HOST"),
            "PORT": integer("DATABASE_PORT"),
            "NAME": text("DATABASE_NAME"),
            "USER": text("DATABASE_USER"),
            "PASSWORD": text("DATABASE_PASSWORD"),
            "CONN_MAX_AGE": 60,
            # A connection that the database has dropped is replaced, not used.
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 2, "charset": "utf8mb4"},
        },
    }


def caches() -> dict[str, dict[str, object]]:
    """Return Django's CACHES."""
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"redis://{text('CACHE_HOST')}:{integer('CACHE_PORT')}/0",
            "KEY_PREFIX": "shop",
            "OPTIONS": {
                "username": text("CACHE_USER"),
                "password": text("CACHE_PASSWORD"),
                "socket_connect_timeout": 1,
                "socket_timeout": 1,
                # A cache that is away must not hold up a request: it is done without.
                "retry": Retry(NoBackoff(), 0),
            },
        },
    }


def mailers() -> dict[str, dict[str, object]]:
    """Return Django's MAILERS: one SMTP server; without EMAIL_USER there is no login."""
    options: dict[str, object] = {
        "host": text("EMAIL_HOST"),
        "port": integer("EMAIL_PORT", 25),
        "use_tls": flag("EMAIL_USE_TLS", default=False),
        "timeout": 10,
    }
    user = text("EMAIL_USER", "")
    if user:
        options |= {"username": user, "password": text("EMAIL_PASSWORD")}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"default": {"BACKEND": backend, "OPTIONS": options}}
