"""What the worker does."""

from collections.abc import Iterator
from unittest.mock import MagicMock, patch

import pytest
from flask.testing import FlaskClient

from cart_x.tasks import purge_done, send_reminder


@pytest.fixture
def smtp() -> Iterator[MagicMock]:
    """Stand in for the mail server, which the tests don't have."""
    with patch("cart_x.mail.smtplib.SMTP") as server:
        yield server.return_value.__enter__.return_value


def test_a_reminder_is_mailed(client: FlaskClient, smtp: MagicMock) -> None:
    item = client.post("/api/items", json={"title": "Buy\nmilk"}).get_json()
    send_reminder(item["id"], "me@example.com")
    (message,) = smtp.send_message.call_args.args
    assert message["Subject"] == "Reminder: Buy milk"
    assert message["To"] == "me@example.com"


def test_a_deleted_item_is_not_mailed(smtp: MagicMock) -> None:
    send_reminder(0, "me@example.com")
    smtp.send_message.assert_not_called()


def test_new_items_are_not_purged(client: FlaskClient) -> None:
    item = client.post("/api/items", json={"title": "Buy milk"}).get_json()
    client.patch(f"/api/items/{item['id']}", json={"done": True})
    purge_done()
    assert item["id"] in [each["id"] for each in client.get("/api/items").get_json()]
