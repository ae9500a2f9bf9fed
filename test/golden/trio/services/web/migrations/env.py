"""Alembic's way to the database."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from web.database import engine
from web.models import Base


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing."""
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    """Open a connection for them."""
    async with engine().connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await engine().dispose()


asyncio.run(main())
