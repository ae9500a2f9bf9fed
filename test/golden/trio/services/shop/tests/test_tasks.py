"""What the worker does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from shop.models import Item
from shop.tasks import purge_done, send_reminder

pytestmark = pytest.mark.django_db


def test_a_reminder_is_mailed() -> None:
    item = Item.objects.create(title="Buy\nmilk")
    send_reminder(item.pk, "me@example.com")
    (message,) = mail.outbox
    assert message.subject == "Reminder: Buy milk"
    assert message.to == ["me@example.com"]


def test_a_deleted_item_is_not_mailed() -> None:
    send_reminder(0, "me@example.com")
    assert mail.outbox == []


def test_only_old_done_items_are_purged() -> None:
    old = timezone.now() - timedelta(days=31)
    for title, done, created_at in (
        ("old and done", True, old),
        ("old", False, old),
        ("done", True, timezone.now()),
    ):
        item = Item.objects.create(title=title, done=done)
        Item.objects.filter(pk=item.pk).update(created_at=created_at)
    assert purge_done() == 1
    assert not Item.objects.filter(title="old and done").exists()
