"""The JSON API of the items."""

import json
from http import HTTPStatus
from typing import override
from uuid import UUID

from celery.result import AsyncResult
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from shop.celery_settings import UNAVAILABLE
from shop.items import add_item, delete_item, set_done
from shop.models import InvalidInputError, Item
from shop.stats import stats
from shop.tasks import send_reminder

MALFORMED = (ValueError, RecursionError)


# No token is needed: a page of another site can't send application/json without asking first.
@method_decorator(csrf_exempt, name="dispatch")
class ApiView(View):
    """A view whose errors are JSON."""

    @override
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except InvalidInputError as error:
            return failure(str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
        except Item.DoesNotExist:
            return failure("there is no such item", HTTPStatus.NOT_FOUND)
        except RequestDataTooBig:
            return failure("the body is too large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    @override
    def http_method_not_allowed(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        allowed = super().http_method_not_allowed(request, *args, **kwargs)["Allow"]
        response = failure(f"use {allowed}", HTTPStatus.METHOD_NOT_ALLOWED)
        response["Allow"] = allowed
        return response


class ItemsView(ApiView):
    """All items."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """List them."""
        return JsonResponse([as_json(item) for item in Item.objects.all()], safe=False)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add one."""
        item = add_item(body(request).get("title"))
        return JsonResponse(as_json(item), status=HTTPStatus.CREATED)


class ItemView(ApiView):
    """One item."""

    def patch(self, request: HttpRequest, item_id: int) -> HttpResponse:
        """Say whether it is done."""
        done = body(request).get("done")
        if not isinstance(done, bool):
            raise InvalidInputError("done must be true or false")
        return JsonResponse(as_json(set_done(item_id, done=done)))

    def delete(self, _request: HttpRequest, item_id: int) -> HttpResponse:
        """Delete it."""
        delete_item(item_id)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


class StatsView(ApiView):
    """How many items there are."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Return the numbers; X-Cache tells whether they were cached."""
        numbers, hit = stats()
        return JsonResponse(numbers, headers={"X-Cache": "HIT" if hit else "MISS"})


class RemindView(ApiView):
    """A reminder by mail."""

    def post(self, request: HttpRequest, item_id: int) -> HttpResponse:
        """Hand it to the worker."""
        email = clean_email(body(request).get("email"))
        item = Item.objects.get(pk=item_id)
        try:
            task = send_reminder.delay(item.pk, email)
        except UNAVAILABLE:
            return failure("reminders are not possible now", HTTPStatus.SERVICE_UNAVAILABLE)
        return JsonResponse({"task_id": task.id}, status=HTTPStatus.ACCEPTED)


class TaskView(ApiView):
    """A task that was handed to the worker."""

    def get(self, _request: HttpRequest, task_id: UUID) -> HttpResponse:
        """Return its state; PENDING also for a task that never was."""
        try:
            return JsonResponse({"state": AsyncResult(str(task_id)).state})
        except UNAVAILABLE:
            return failure("the state is not known now", HTTPStatus.SERVICE_UNAVAILABLE)


@csrf_exempt
def missing(_request: HttpRequest, path: str) -> HttpResponse:
    """Say in JSON, too, that there is no such address."""
    return failure(f"there is no /api/{path}", HTTPStatus.NOT_FOUND)


def clean_email(value: object) -> str:
    """Return a mail address; raise InvalidInputError when it is none."""
    # What a mail header would decode, =?...?=, is no address.
    if not isinstance(value, str) or "=?" in value:
        raise InvalidInputError("email must be a mail address")
    try:
        validate_email(value)
    except ValidationError:
        raise InvalidInputError("email must be a mail address") from None
    return value


def body(request: HttpRequest) -> dict[str, object]:
    """Return the JSON object that a request brings; raise InvalidInputError when it brings none."""
    if request.content_type != "application/json":
        raise InvalidInputError("the body must be application/json")
    try:
        value = json.loads(request.body)
    except MALFORMED:
        raise InvalidInputError("the body is not JSON") from None
    if not isinstance(value, dict):
        raise InvalidInputError("the body must be a JSON object")
    return value


def as_json(item: Item) -> dict[str, object]:
    """Return an item as clients see it."""
    return {
        "id": item.pk,
        "title": item.title,
        "done": item.done,
        "created_at": item.created_at.isoformat(),
    }


def failure(message: str, status: HTTPStatus) -> JsonResponse:
    """Return an error as clients see it."""
    return JsonResponse({"error": message}, status=status)
