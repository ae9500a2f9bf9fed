"""The tests use the real services of their own Compose project."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from web.main import create_app


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Return a client of the running application."""
    with TestClient(create_app()) as client:
        yield client
