"""The page of the items: forms and links alone, no JavaScript."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cart_x.items import add_item, all_items, delete_item, set_done
from cart_x.models import InvalidInputError, NoSuchItemError
from cart_x.origin import from_here

blueprint = Blueprint("pages", __name__)


@blueprint.before_request
def refuse_other_sites() -> None:
    """Accept forms from our own pages alone."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if request.method == "POST" and not from_here(site, origin, request.host):
        abort(403)


@blueprint.get("/")
def index() -> str:
    """Show the list."""
    return page()


@blueprint.post("/items")
def add() -> Response | tuple[str, HTTPStatus]:
    """Add an item, or show what is wrong with it."""
    title = request.form.get("title", "")
    try:
        add_item(title)
    except InvalidInputError as error:
        return page(title, str(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    return back()


@blueprint.post("/items/<int:item_id>/done")
def done(item_id: int) -> Response:
    """Mark an item as done."""
    set_done(item_id, done=True)
    return back()


@blueprint.post("/items/<int:item_id>/delete")
def delete(item_id: int) -> Response:
    """Delete an item."""
    delete_item(item_id)
    return back()


@blueprint.errorhandler(NoSuchItemError)
def missing(_error: NoSuchItemError) -> tuple[str, HTTPStatus]:
    """Show the list as it is now."""
    return page(error="this item is gone"), HTTPStatus.NOT_FOUND


def page(title: str = "", error: str = "") -> str:
    """Return the list and the form, with what was typed when there is an error."""
    return render_template("index.html", items=all_items(), title=title, error=error)


def back() -> Response:
    """Go back to the list; 303, so that it is fetched by GET."""
    return redirect(url_for("pages.index"), HTTPStatus.SEE_OTHER)
