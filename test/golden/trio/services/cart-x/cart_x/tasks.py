"""Celery tasks. A task may run twice when its worker is killed: each does the same again."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused

from sqlalchemy import delete

from cart_x.celery import app
from cart_x.database import session
from cart_x.mail import send
from cart_x.models import Item
from cart_x.stats import forget_stats


# A mail server that is away is asked again later, unless it has refused for good.
@app.task(
    autoretry_for=(OSError,),
    dont_autoretry_for=(SMTPAuthenticationError, SMTPRecipientsRefused),
    retry_backoff=10,
    retry_backoff_max=300,
    max_retries=8,
)
def send_reminder(item_id: int, email: str) -> None:
    """Mail a reminder of an item, unless it has been deleted meanwhile."""
    with session() as db:
        item = db.get(Item, item_id)
    if item is not None:
        send(email, f"Reminder: {item.title}", f"Don't forget: {item.title}\n")


@app.task
def purge_done() -> None:
    """Delete what was done and is older than 30 days."""
    limit = datetime.now(UTC) - timedelta(days=30)
    with session() as db:
        db.execute(delete(Item).where(Item.done, Item.created_at < limit))
        db.commit()
    forget_stats()
