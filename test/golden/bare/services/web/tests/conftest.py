"""The tests use the real services of their own Compose project."""

import pytest
from flask.testing import FlaskClient

from web import create_app


@pytest.fixture
def client() -> FlaskClient:
    """Return a client of the application."""
    return create_app().test_client()
