"""The database."""

from functools import cache

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from web.environment import integer, text


@cache
def engine() -> AsyncEngine:
    """Return the pool of connections; made at its first use, so after the server has forked."""
    url = URL.create(
        "mysql+asyncmy",
        username=text("DATABASE_USER"),
        password=text("DATABASE_PASSWORD"),
        host=text("DATABASE_HOST"),
        port=integer("DATABASE_PORT"),
        database=text("DATABASE_NAME"),
        query={"charset": "utf8mb4"},
    )
    # A connection that the database has dropped is replaced, not used.
    return create_async_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 2})


def session() -> AsyncSession:
    """Return a session to be used in an async with statement."""
    return AsyncSession(engine(), expire_on_commit=False)


async def close() -> None:
    """Close all connections; the next use opens new ones, in whatever event loop it runs."""
    if engine.cache_info().currsize:
        await engine().dispose()
        engine.cache_clear()
