"""The JSON API of the items."""

import json
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from web.celery import app
from web.celery_settings import UNAVAILABLE
from web.items import add_item, all_items, delete_item, find_item, set_done
from web.mail import ADDRESS
from web.models import InvalidInputError
from web.stats import stats
from web.tasks import send_reminder

router = APIRouter(prefix="/api")
MALFORMED = (ValueError, RecursionError)


def takes(name: str, kind: str) -> dict[str, object]:
    """Describe a JSON body with one value, for the documentation in /docs."""
    schema = {"type": "object", "required": [name], "properties": {name: {"type": kind}}}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


@router.get("/items")
async def list_items() -> list[dict[str, object]]:
    """List all items."""
    return [item.as_json() for item in await all_items()]


@router.post("/items", status_code=201, openapi_extra=takes("title", "string"))
async def post_item(request: Request) -> dict[str, object]:
    """Add an item."""
    values = await body(request)
    return (await add_item(values.get("title"))).as_json()


@router.patch("/items/{item_id:int}", openapi_extra=takes("done", "boolean"))
async def patch_item(request: Request, item_id: int) -> dict[str, object]:
    """Say whether an item is done."""
    done = (await body(request)).get("done")
    if not isinstance(done, bool):
        raise InvalidInputError("done must be true or false")
    return (await set_done(item_id, done=done)).as_json()


@router.delete("/items/{item_id:int}", status_code=204)
async def remove_item(item_id: int) -> Response:
    """Delete an item."""
    await delete_item(item_id)
    return Response(status_code=204)


@router.get("/stats")
async def get_stats() -> JSONResponse:
    """Return how many items there are; X-Cache tells whether that was cached."""
    numbers, hit = await stats()
    return JSONResponse(numbers, headers={"X-Cache": "HIT" if hit else "MISS"})


@router.post("/items/{item_id:int}/remind", status_code=202, openapi_extra=takes("email", "string"))
async def remind(request: Request, item_id: int) -> dict[str, str]:
    """Hand a reminder by mail to the worker."""
    email = (await body(request)).get("email")
    if not isinstance(email, str) or not ADDRESS.fullmatch(email):
        raise InvalidInputError("email must be a mail address")
    item = await find_item(item_id)
    try:
        # Celery waits for the broker: in a thread, so that other requests need not.
        task = await to_thread.run_sync(send_reminder.delay, item.id, email)
    except UNAVAILABLE:
        raise HTTPException(503, "reminders are not possible now") from None
    return {"task_id": task.id}


@router.get("/tasks/{task_id:uuid}")
async def get_task(task_id: UUID) -> dict[str, str]:
    """Return a task's state; PENDING also for a task that never was."""
    try:
        return {"state": await to_thread.run_sync(lambda: app.AsyncResult(str(task_id)).state)}
    except UNAVAILABLE:
        raise HTTPException(503, "the state is not known now") from None


async def body(request: Request) -> dict[str, object]:
    """Return the JSON object that a request brings; raise InvalidInputError when it brings none.

    A page of another site can't send application/json without asking first.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise InvalidInputError("the body must be application/json")
    try:
        value = json.loads(await request.body())
    except MALFORMED:
        raise InvalidInputError("the body is not JSON") from None
    if not isinstance(value, dict):
        raise InvalidInputError("the body must be a JSON object")
    return value
