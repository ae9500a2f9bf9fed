"""What the worker does."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock, patch

import pytest
from fastapi.testclient import TestClient

from web.main import create_app
from web.tasks import purge_done, send_reminder


@pytest.fixture
def smtp() -> Iterator[MagicMock]:
    """Stand in for the mail server, which the tests don't have."""
    with patch("web.mail.smtplib.SMTP") as server:
        yield server.return_value.__enter__.return_value


def ask(method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    """Send a request; return the JSON that is answered.

    The client is closed before a task runs: connections belong to an event loop.
    """
    with TestClient(create_app()) as client:
        return client.request(method, path, json=body).json()


def test_a_reminder_is_mailed(smtp: MagicMock) -> None:
    item = ask("POST", "/api/items", {"title": "Buy\nmilk"})
    send_reminder(item["id"], "me@example.com")
    (message,) = smtp.send_message.call_args.args
    assert message["Subject"] == "Reminder: Buy milk"
    assert message["To"] == "me@example.com"


def test_a_deleted_item_is_not_mailed(smtp: MagicMock) -> None:
    send_reminder(0, "me@example.com")
    smtp.send_message.assert_not_called()


def test_new_items_are_not_purged() -> None:
    item = ask("POST", "/api/items", {"title": "Buy milk"})
    ask("PATCH", f"/api/items/{item['id']}", {"done": True})
    purge_done()
    assert item["id"] in [each["id"] for each in ask("GET", "/api/items")]
