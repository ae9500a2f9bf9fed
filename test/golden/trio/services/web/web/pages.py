"""The page of the items: forms and links alone, no JavaScript."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from web.items import add_item, all_items, delete_item, set_done
from web.models import InvalidInputError, NoSuchItemError
from web.origin import from_here

templates = Jinja2Templates(Path(__file__).parent / "templates")


async def refuse_other_sites(request: Request) -> None:
    """Accept forms from our own pages alone."""
    names = ("sec-fetch-site", "origin", "host")
    if request.method == "POST" and not from_here(*map(request.headers.get, names)):
        raise HTTPException(403, "this form came from another site")


router = APIRouter(dependencies=[Depends(refuse_other_sites)], include_in_schema=False)


@router.get("/")
async def index(request: Request) -> HTMLResponse:
    """Show the list."""
    return await page(request)


@router.post("/items")
async def add(request: Request, title: Annotated[str, Form()] = "") -> Response:
    """Add an item, or show what is wrong with it."""
    try:
        await add_item(title)
    except InvalidInputError as error:
        return await page(request, title, str(error), 422)
    return back(request)


@router.post("/items/{item_id:int}/done")
async def done(request: Request, item_id: int) -> Response:
    """Mark an item as done."""
    try:
        await set_done(item_id, done=True)
    except NoSuchItemError:
        return await page(request, error="this item is gone", status=404)
    return back(request)


@router.post("/items/{item_id:int}/delete")
async def delete(request: Request, item_id: int) -> Response:
    """Delete an item."""
    try:
        await delete_item(item_id)
    except NoSuchItemError:
        return await page(request, error="this item is gone", status=404)
    return back(request)


async def page(
    request: Request, title: str = "", error: str = "", status: int = 200
) -> HTMLResponse:
    """Return the list and the form, with what was typed when there is an error."""
    root = request.scope["root_path"]
    values = {"items": await all_items(), "root": root, "title": title, "error": error}
    return templates.TemplateResponse(request, "index.html", values, status)


def back(request: Request) -> RedirectResponse:
    """Go back to the list; 303, so that it is fetched by GET."""
    return RedirectResponse(f"{request.scope['root_path']}/", 303)
