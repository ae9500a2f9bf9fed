"""The JSON API of the items."""

import json
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from cart_x.celery import app
from cart_x.celery_settings import UNAVAILABLE
from cart_x.items import add_item, all_items, delete_item, find_item, set_done
from cart_x.mail import ADDRESS
from cart_x.models import InvalidInputError, NoSuchItemError
from cart_x.stats import stats
from cart_x.tasks import send_reminder

blueprint = Blueprint("api", __name__, url_prefix="/api")
MALFORMED = (ValueError, RecursionError)

Answer = tuple[Response, HTTPStatus]


@blueprint.get("/items")
def list_items() -> Response:
    """List all items."""
    return jsonify([item.as_json() for item in all_items()])


@blueprint.post("/items")
def post_item() -> Answer:
    """Add an item."""
    return jsonify(add_item(body().get("title")).as_json()), HTTPStatus.CREATED


@blueprint.patch("/items/<int:item_id>")
def patch_item(item_id: int) -> Response:
    """Say whether an item is done."""
    done = body().get("done")
    if not isinstance(done, bool):
        raise InvalidInputError("done must be true or false")
    return jsonify(set_done(item_id, done=done).as_json())


@blueprint.delete("/items/<int:item_id>")
def remove_item(item_id: int) -> tuple[str, HTTPStatus]:
    """Delete an item."""
    delete_item(item_id)
    return "", HTTPStatus.NO_CONTENT


@blueprint.get("/stats")
def get_stats() -> Response:
    """Return how many items there are; X-Cache tells whether that was cached."""
    numbers, hit = stats()
    response = jsonify(numbers)
    response.headers["X-Cache"] = "HIT" if hit else "MISS"
    return response


@blueprint.post("/items/<int:item_id>/remind")
def remind(item_id: int) -> Answer:
    """Hand a reminder by mail to the worker."""
    email = body().get("email")
    if not isinstance(email, str) or not ADDRESS.fullmatch(email):
        raise InvalidInputError("email must be a mail address")
    item = find_item(item_id)
    try:
        task = send_reminder.delay(item.id, email)
    except UNAVAILABLE:
        return failure("reminders are not possible now", HTTPStatus.SERVICE_UNAVAILABLE)
    return jsonify(task_id=task.id), HTTPStatus.ACCEPTED


@blueprint.get("/tasks/<uuid:task_id>")
def get_task(task_id: UUID) -> Answer:
    """Return a task's state; PENDING also for a task that never was."""
    try:
        return jsonify(state=app.AsyncResult(str(task_id)).state), HTTPStatus.OK
    except UNAVAILABLE:
        return failure("the state is not known now", HTTPStatus.SERVICE_UNAVAILABLE)


@blueprint.errorhandler(InvalidInputError)
def invalid(error: InvalidInputError) -> Answer:
    """Say what is wrong with the input."""
    return failure(str(error), HTTPStatus.UNPROCESSABLE_ENTITY)


@blueprint.errorhandler(NoSuchItemError)
def missing(_error: NoSuchItemError) -> Answer:
    """Say that there is no such item."""
    return failure("there is no such item", HTTPStatus.NOT_FOUND)


@blueprint.app_errorhandler(HTTPException)
def refused(error: HTTPException) -> Answer | HTTPException:
    """Say everything else in JSON, too, and so for addresses that there are not."""
    if not request.path.startswith("/api/"):
        return error
    return failure(error.description or error.name, HTTPStatus(error.code or 500))


def failure(message: str, status: HTTPStatus) -> Answer:
    """Return an error as clients see it."""
    return jsonify(error=message), status


def body() -> dict[str, object]:
    """Return the JSON object that a request brings; raise InvalidInputError when it brings none.

    A page of another site can't send application/json without asking first.
    """
    if request.mimetype != "application/json":
        raise InvalidInputError("the body must be application/json")
    try:
        value = json.loads(request.get_data())
    except MALFORMED:
        raise InvalidInputError("the body is not JSON") from None
    if not isinstance(value, dict):
        raise InvalidInputError("the body must be a JSON object")
    return value
