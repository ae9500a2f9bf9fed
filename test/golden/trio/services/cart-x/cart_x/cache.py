"""The cache."""

from functools import cache

from redis import Redis
from redis.exceptions import RedisError

from cart_x.environment import integer, text

CACHE_ERRORS = (OSError, RedisError)


@cache
def client() -> Redis:
    """Return the pool of connections."""
    return Redis(
        host=text("CACHE_HOST"),
        port=integer("CACHE_PORT"),
        username=text("CACHE_USER"),
        password=text("CACHE_PASSWORD"),
        socket_connect_timeout=1,
        socket_timeout=1,
    )


def read(key: str) -> bytes | None:
    """Return what is kept under a key."""
    value: bytes | None = client().get(f"cart_x:{key}")  # type: ignore[assignment]
    return value


def write(key: str, value: str, seconds: int) -> None:
    """Keep a value for some time."""
    client().set(f"cart_x:{key}", value, ex=seconds)


def drop(key: str) -> None:
    """Keep it no longer."""
    client().delete(f"cart_x:{key}")
