"""What can be done with items, whether a page or the API asks for it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from web.database import session
from web.models import MAX_ID, Item, NoSuchItemError, clean_title
from web.stats import forget_stats


async def all_items() -> list[Item]:
    """Return all items, the oldest first."""
    async with session() as db:
        return list(await db.scalars(select(Item).order_by(Item.id)))


async def find_item(item_id: int) -> Item:
    """Return an item; raise NoSuchItemError when there is none."""
    async with session() as db:
        item = await db.get(Item, item_id) if item_id <= MAX_ID else None
    if item is None:
        raise NoSuchItemError
    return item


async def add_item(title: object) -> Item:
    """Store a new item; raise InvalidInputError for a bad title."""
    item = Item(title=clean_title(title))
    async with session() as db:
        db.add(item)
        await db.commit()
    await forget_stats()
    return item


async def set_done(item_id: int, *, done: bool) -> Item:
    """Mark an item; raise NoSuchItemError when there is none."""
    async with session() as db:
        item = await locked(db, item_id)
        item.done = done
        await db.commit()
    await forget_stats()
    return item


async def delete_item(item_id: int) -> None:
    """Delete an item; raise NoSuchItemError when there is none."""
    async with session() as db:
        await db.delete(await locked(db, item_id))
        await db.commit()
    await forget_stats()


async def locked(db: AsyncSession, item_id: int) -> Item:
    """Return an item that nobody else changes meanwhile; raise NoSuchItemError without one."""
    item = await db.get(Item, item_id, with_for_update=True) if item_id <= MAX_ID else None
    if item is None:
        raise NoSuchItemError
    return item
