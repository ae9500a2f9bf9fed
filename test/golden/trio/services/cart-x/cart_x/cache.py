"""The cache."""

from functools import cache

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

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
        # A cache that is away must not hold up a request: it is done without.
        retry=Retry(NoBackoff(), 0),
    )


def read(key: str) -> bytes | None:
    """Return what is kept under a key."""
    value: bytes | None = client().get(f"cart_x:{key}")  # type: ignore[assignment]
    return value


def write(key: str, value: str, seconds: int) -> None:
    """Keep a value for some time."""
    client().set(f"cart_x:{key}", value, ex=seconds)
