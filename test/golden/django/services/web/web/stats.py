"""How many items there are, cached for half a minute."""

import logging

from django.core.cache import cache
from django.db.models import Count, Q
from pymemcache.exceptions import MemcacheError

from web.models import Item

logger = logging.getLogger(__name__)

KEY = "stats"
SECONDS = 30
CACHE_ERRORS = (OSError, MemcacheError)


def stats() -> tuple[dict[str, int], bool]:
    """Return the numbers, and whether they were cached; without the cache they are counted."""
    try:
        cached: dict[str, int] | None = cache.get(KEY)
        if cached is not None:
            return cached, True
        numbers = count()
        cache.set(KEY, numbers, SECONDS)
    except CACHE_ERRORS as error:
        logger.warning("stats were not cached: %s", error)
        return count(), False
    return numbers, False


def forget_stats() -> None:
    """Drop the cached numbers after a change."""
    try:
        cache.delete(KEY)
    except CACHE_ERRORS as error:
        logger.warning("cached stats were not dropped: %s", error)


def count() -> dict[str, int]:
    """Count all items and the done ones."""
    return Item.objects.aggregate(total=Count("pk"), done=Count("pk", filter=Q(done=True)))
