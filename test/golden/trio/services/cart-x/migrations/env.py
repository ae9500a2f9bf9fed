"""Alembic's way to the database."""

from alembic import context

from cart_x.database import engine
from cart_x.models import Base

with engine().connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
