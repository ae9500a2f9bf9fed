"""Celery tasks. A task may run twice when its worker is killed: each does the same again."""

import asyncio
from datetime import UTC, datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused

from sqlalchemy import delete

from web import cache, database
from web.celery import app
from web.database import session
from web.mail import send
from web.models import Item
from web.stats import forget_stats


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
    item = asyncio.run(load(item_id))
    if item is not None:
        send(email, f"Reminder: {item.title}", f"Don't forget: {item.title}\n")


async def load(item_id: int) -> Item | None:
    """Return an item, or None when there is none."""
    try:
        async with session() as db:
            return await db.get(Item, item_id)
    finally:
        # Connections belong to an event loop, and each task has its own.
        await database.close()


@app.task
def purge_done() -> None:
    """Delete what was done and is older than 30 days."""
    asyncio.run(purge(datetime.now(UTC) - timedelta(days=30)))


async def purge(limit: datetime) -> None:
    """Delete what was done and made before a time."""
    try:
        async with session() as db:
            await db.execute(delete(Item).where(Item.done, Item.created_at < limit))
            await db.commit()
        await forget_stats()
    finally:
        await cache.close()
        await database.close()
