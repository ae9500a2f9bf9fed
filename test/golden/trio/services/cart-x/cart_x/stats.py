"""How many items there are, cached for half a minute."""

import json
import logging
from uuid import uuid4

from sqlalchemy import func, select

from cart_x.cache import CACHE_ERRORS, read, write
from cart_x.database import session
from cart_x.models import Item

logger = logging.getLogger(__name__)

# Every change of an item begins a new generation; numbers that were counted before are never read.
GENERATION = "stats-generation"
DAY = 86400
SECONDS = 30


def stats() -> tuple[dict[str, int], bool]:
    """Return the numbers, and whether they were cached; without the cache they are counted."""
    try:
        key = f"stats-{(read(GENERATION) or b'').decode()}"
        cached = read(key)
    except CACHE_ERRORS as error:
        logger.warning("stats were not cached: %s", error)
        return count(), False
    if cached is not None:
        return json.loads(cached), True
    numbers = count()
    try:
        write(key, json.dumps(numbers), SECONDS)
    except CACHE_ERRORS as error:
        logger.warning("stats were not cached: %s", error)
    return numbers, False


def forget_stats() -> None:
    """Drop the cached numbers after a change has been committed."""
    try:
        write(GENERATION, uuid4().hex, DAY)
    except CACHE_ERRORS as error:
        logger.warning("cached stats were not dropped: %s", error)


def count() -> dict[str, int]:
    """Count all items and the done ones."""
    with session() as db:
        total = db.scalar(select(func.count(Item.id)))
        done = db.scalar(select(func.count(Item.id)).where(Item.done))
    return {"total": total or 0, "done": done or 0}
