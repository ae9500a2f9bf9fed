"""How many items there are, cached for half a minute."""

import json
import logging
from uuid import uuid4

from sqlalchemy import func, select

from web.cache import CACHE_ERRORS, read, write
from web.database import session
from web.models import Item

logger = logging.getLogger(__name__)

# Every change of an item begins a new generation; numbers that were counted before are never read.
GENERATION = "stats-generation"
DAY = 86400
SECONDS = 30


async def stats() -> tuple[dict[str, int], bool]:
    """Return the numbers, and whether they were cached; without the cache they are counted."""
    try:
        key = f"stats-{(await read(GENERATION) or b'').decode()}"
        cached = await read(key)
    except CACHE_ERRORS as error:
        logger.warning("stats were not cached: %s", error)
        return await count(), False
    if cached is not None:
        return json.loads(cached), True
    numbers = await count()
    try:
        await write(key, json.dumps(numbers), SECONDS)
    except CACHE_ERRORS as error:
        logger.warning("stats were not cached: %s", error)
    return numbers, False


async def forget_stats() -> None:
    """Drop the cached numbers after a change has been committed."""
    try:
        await write(GENERATION, uuid4().hex, DAY)
    except CACHE_ERRORS as error:
        logger.warning("cached stats were not dropped: %s", error)


async def count() -> dict[str, int]:
    """Count all items and the done ones."""
    async with session() as db:
        total = await db.scalar(select(func.count(Item.id)))
        done = await db.scalar(select(func.count(Item.id)).where(Item.done))
    return {"total": total or 0, "done": done or 0}
