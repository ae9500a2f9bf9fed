"""The items in Django's admin."""

from typing import Any, override

from django.contrib import admin
from django.db import transaction

from shop.models import Item
from shop.stats import forget_stats


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Find and change items."""

    list_display = ("title", "done", "created_at")
    list_filter = ("done",)
    search_fields = ("title",)

    @override
    def save_model(self, *args: Any, **kwargs: Any) -> None:
        super().save_model(*args, **kwargs)
        transaction.on_commit(forget_stats)

    @override
    def delete_model(self, *args: Any, **kwargs: Any) -> None:
        super().delete_model(*args, **kwargs)
        transaction.on_commit(forget_stats)

    @override
    def delete_queryset(self, *args: Any, **kwargs: Any) -> None:
        super().delete_queryset(*args, **kwargs)
        transaction.on_commit(forget_stats)
