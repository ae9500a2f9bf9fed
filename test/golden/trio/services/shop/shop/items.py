"""What can be done with items, whether a page or the API asks for it."""

from django.db import transaction

from shop.models import Item, clean_title
from shop.stats import forget_stats


def add_item(title: object) -> Item:
    """Store a new item; raise InvalidInputError for a bad title."""
    item = Item.objects.create(title=clean_title(title))
    transaction.on_commit(forget_stats)
    return item


@transaction.atomic
def set_done(item_id: int, *, done: bool) -> Item:
    """Mark an item; raise Item.DoesNotExist when there is none."""
    item = Item.objects.select_for_update().get(pk=item_id)
    item.done = done
    item.save(update_fields=["done"])
    transaction.on_commit(forget_stats)
    return item


@transaction.atomic
def delete_item(item_id: int) -> None:
    """Delete an item; raise Item.DoesNotExist when there is none."""
    Item.objects.select_for_update().get(pk=item_id).delete()
    transaction.on_commit(forget_stats)
