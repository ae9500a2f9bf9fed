"""The servers that the service talks to, as the environment names them."""

from web.environment import flag, integer, text


def databases() -> dict[str, dict[str, object]]:
    """Return Django's DATABASES."""
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": text("DATABASE_HOST"),
            "PORT": integer("DATABASE_PORT"),
            "NAME": text("DATABASE_NAME"),
            "USER": text("DATABASE_USER"),
            "PASSWORD": text("DATABASE_PASSWORD"),
            "CONN_MAX_AGE": 60,
            # A connection that the database has dropped is replaced, not used.
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 2, "tcp_user_timeout": 5000},
        },
    }


def caches() -> dict[str, dict[str, object]]:
    """Return Django's CACHES."""
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache",
            "LOCATION": f"{text('CACHE_HOST')}:{integer('CACHE_PORT')}",
            "KEY_PREFIX": "web",
            "OPTIONS": {
                "connect_timeout": 1,
                "timeout": 1,
                "no_delay": True,
                # Try again soon: the default leaves out a server for a minute after one failure.
                "retry_attempts": 0,
                "dead_timeout": 1,
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
