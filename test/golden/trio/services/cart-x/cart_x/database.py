"""The database."""

from functools import cache

from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.orm import Session

from cart_x.environment import integer, text


@cache
def engine() -> Engine:
    """Return the pool of connections; made at its first use, so after the server has forked."""
    url = URL.create(
        "mysql+pymysql",
        username=text("DATABASE_USER"),
        password=text("DATABASE_PASSWORD"),
        host=text("DATABASE_HOST"),
        port=integer("DATABASE_PORT"),
        database=text("DATABASE_NAME"),
        query={"charset": "utf8mb4"},
    )
    # A connection that the database has dropped is replaced, not used.
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 2})


def session() -> Session:
    """Return a session to be used in a with statement."""
    return Session(engine(), expire_on_commit=False)
