"""What can be done with items, whether a page or the API asks for it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cart_x.database import session
from cart_x.models import MAX_ID, Item, NoSuchItemError, clean_title
from cart_x.stats import forget_stats


def all_items() -> list[Item]:
    """Return all items, the oldest first."""
    with session() as db:
        return list(db.scalars(select(Item).order_by(Item.id)))


def find_item(item_id: int) -> Item:
    """Return an item; raise NoSuchItemError when there is none."""
    with session() as db:
        item = db.get(Item, item_id) if item_id <= MAX_ID else None
    if item is None:
        raise NoSuchItemError
    return item


def add_item(title: object) -> Item:
    """Store a new item; raise InvalidInputError for a bad title."""
    item = Item(title=clean_title(title))
    with session() as db:
        db.add(item)
        db.commit()
    forget_stats()
    return item


def set_done(item_id: int, *, done: bool) -> Item:
    """Mark an item; raise NoSuchItemError when there is none."""
    with session() as db:
        item = locked(db, item_id)
        item.done = done
        db.commit()
    forget_stats()
    return item


def delete_item(item_id: int) -> None:
    """Delete an item; raise NoSuchItemError when there is none."""
    with session() as db:
        db.delete(locked(db, item_id))
        db.commit()
    forget_stats()


def locked(db: Session, item_id: int) -> Item:
    """Return an item that nobody else changes meanwhile; raise NoSuchItemError without one."""
    item = db.get(Item, item_id, with_for_update=True) if item_id <= MAX_ID else None
    if item is None:
        raise NoSuchItemError
    return item
