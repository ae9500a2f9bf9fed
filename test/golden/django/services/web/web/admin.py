"""The items in Django's admin."""

from django.contrib import admin

from web.models import Item


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Find and change items."""

    list_display = ("title", "done", "created_at")
    list_filter = ("done",)
    search_fields = ("title",)
