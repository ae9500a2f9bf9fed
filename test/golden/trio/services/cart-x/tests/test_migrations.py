"""The models and the migrations."""

from alembic import command
from alembic.config import Config


def test_every_change_of_a_model_has_a_migration() -> None:
    command.check(Config("alembic.ini"))
