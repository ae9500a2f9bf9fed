"""The tests use the real services of their own Compose project."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Use the database as it is: the migrate service has been at it, and it is thrown away."""
