"""How many items there are, cached for half a minute."""

import logging
from uuid import uuid4

from django.core.cache import cache
from django.db.models import Count, Q
from redis.exceptions import RedisError

from shop.models import Item

logger = logging.getLogger(__name__)

# Every change of an item begins a new generation; numbers that were counted before are never read.
GENERATION = "stats-generation"
SECONDS = 30
CACHE_ERRORS = (OSError, RedisError)


def stats() -> tuple[dict[str, int], bool]:
    """Return the numbers, and whether they were cached; without the cache they are counted."""
    try:
        key = f"stats-{cache.get(GENERATION)}"
        cached: dict[str, int] | None = cache.get(key)
        if cached is not None:
            return cached, True
        numbers = count()
        cache.set(key, numbers, SECONDS)
    except CACHE_ERRORS as error:
        logger.warning("stats were not cached: %s", error)
        return count(), False
    return numbers, False


def forget_stats() -> None:
    """Drop the cached numbers after a change has been committed."""
    try:
        cache.set(GENERATION, uuid4().hex, timeout=None)
    except CACHE_ERRORS as error:
        logger.warning("cached stats were not dropped: %s", error)


def count() -> dict[str, int]:
    """Count all items and the done ones."""
    return Item.objects.aggregate(total=Count("pk"), done=Count("pk", filter=Q(done=True)))
