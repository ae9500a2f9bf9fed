"""The cache."""

from functools import cache

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from web.environment import integer, text

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


async def read(key: str) -> bytes | None:
    """Return what is kept under a key."""
    value: bytes | None = await client().get(f"web:{key}")  # type: ignore[assignment]
    return value


async def write(key: str, value: str, seconds: int) -> None:
    """Keep a value for some time."""
    await client().set(f"web:{key}", value, ex=seconds)


async def close() -> None:
    """Close all connections."""
    if client.cache_info().currsize:
        await client().aclose()
        client.cache_clear()
