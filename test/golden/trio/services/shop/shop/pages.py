"""The page of the items: forms and links alone, no JavaScript."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shop.items import add_item, delete_item, set_done
from shop.models import InvalidInputError, Item

GONE = "this item is gone"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the list."""
    return page(request)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add an item, or show what is wrong with it."""
    value = request.POST.get("title", "")
    try:
        add_item(value)
    except InvalidInputError as error:
        return page(request, title=value, error=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return back()


@require_POST
def done(request: HttpRequest, item_id: int) -> HttpResponse:
    """Mark an item as done."""
    try:
        set_done(item_id, done=True)
    except Item.DoesNotExist:
        return page(request, error=GONE, status=HTTPStatus.NOT_FOUND)
    return back()


@require_POST
def delete(request: HttpRequest, item_id: int) -> HttpResponse:
    """Delete an item."""
    try:
        delete_item(item_id)
    except Item.DoesNotExist:
        return page(request, error=GONE, status=HTTPStatus.NOT_FOUND)
    return back()


def page(
    request: HttpRequest, title: str = "", error: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Return the list and the form, with what was typed when there is an error."""
    values = {"items": Item.objects.all(), "title": title, "error": error}
    return render(request, "shop/index.html", values, status=status)


def back() -> HttpResponseRedirect:
    """Go back to the list; 303, so that it is fetched by GET."""
    response = redirect("index")
    response.status_code = HTTPStatus.SEE_OTHER
    return response
