"""The page of the items: forms and links alone, no JavaScript."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from web.models import InvalidInputError, Item, clean_title
from web.stats import forget_stats


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the list."""
    return page(request)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add an item, or show what is wrong with it."""
    value = request.POST.get("title", "")
    try:
        Item.objects.create(title=clean_title(value))
    except InvalidInputError as error:
        return page(request, title=value, error=str(error))
    return changed()


@require_POST
def done(_request: HttpRequest, item_id: int) -> HttpResponse:
    """Mark an item as done."""
    item = get_object_or_404(Item, pk=item_id)
    item.done = True
    item.save(update_fields=["done"])
    return changed()


@require_POST
def delete(_request: HttpRequest, item_id: int) -> HttpResponse:
    """Delete an item."""
    get_object_or_404(Item, pk=item_id).delete()
    return changed()


def page(request: HttpRequest, title: str = "", error: str = "") -> HttpResponse:
    """Return the list and the form, with what was typed when there is an error."""
    return render(
        request,
        "web/index.html",
        {"items": Item.objects.all(), "title": title, "error": error},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


def changed() -> HttpResponseRedirect:
    """Go back to the list; 303, so that it is fetched by GET."""
    forget_stats()
    response = redirect("index")
    response.status_code = HTTPStatus.SEE_OTHER
    return response
