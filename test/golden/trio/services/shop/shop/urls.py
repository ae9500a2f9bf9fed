"""The addresses of the service; the probes are answered in health.py."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from shop import api, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.index, name="index"),
    path("items", pages.add, name="add"),
    path("items/<int:item_id>/done", pages.done, name="done"),
    path("items/<int:item_id>/delete", pages.delete, name="delete"),
    path("api/items", api.ItemsView.as_view()),
    path("api/items/<int:item_id>", api.ItemView.as_view()),
    path("api/stats", api.StatsView.as_view()),
    path("api/items/<int:item_id>/remind", api.RemindView.as_view()),
    path("api/tasks/<uuid:task_id>", api.TaskView.as_view()),
    path("api/<path:path>", api.missing),
    path("admin/", admin.site.urls),
]
