"""The to-do list: its API and its page."""

import pytest
from django.test import Client

from web.models import Item
from web.stats import forget_stats

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture(autouse=True)
def _no_cached_stats() -> None:
    forget_stats()


@pytest.fixture
def item() -> Item:
    return Item.objects.create(title="Buy milk")


def test_an_item_from_beginning_to_end(client: Client) -> None:
    created = client.post("/api/items", {"title": " Buy milk "}, JSON)
    assert created.status_code == 201
    item = created.json()
    assert item["title"] == "Buy milk"
    assert item["done"] is False
    assert item in client.get("/api/items").json()

    address = f"/api/items/{item['id']}"
    changed = client.patch(address, {"done": True}, JSON)
    assert changed.status_code == 200
    assert changed.json() == item | {"done": True}

    assert client.delete(address).status_code == 204
    missing = client.patch(address, {"done": True}, JSON)
    assert missing.status_code == 404
    assert "error" in missing.json()


@pytest.mark.parametrize(
    "body",
    [
        '{"title": ""}',
        '{"title": "  "}',
        '{"title": 1}',
        '{"title": "a\\u0000b"}',
        '{"title": "\\ud800"}',
        '{"title": "' + "x" * 201 + '"}',
        "{}",
        "[]",
        "{",
        "[" * 100_000,
    ],
)
def test_a_bad_item_is_refused(client: Client, body: str) -> None:
    response = client.post("/api/items", body, JSON)
    assert response.status_code == 422
    assert "error" in response.json()


def test_a_large_body_is_refused(client: Client) -> None:
    response = client.post("/api/items", "x" * 2_000_000, JSON)
    assert response.status_code == 413
    assert "error" in response.json()


def test_a_form_of_another_site_is_no_json(client: Client) -> None:
    assert client.post("/api/items", '{"title": "x"}', "text/plain").status_code == 422


@pytest.mark.parametrize("path", ["/api/nope", "/api/items/abc", "/api/tasks/abc"])
def test_an_address_that_is_not_there_is_said_in_json(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "error" in response.json()


# The cached numbers are dropped when a change is committed, so changes have to be.
@pytest.mark.django_db(transaction=True)
def test_stats_count(client: Client, item: Item) -> None:
    first = client.get("/api/stats")
    total = first.json()["total"]
    assert total == Item.objects.count()
    assert first["X-Cache"] == "MISS"
    assert client.get("/api/stats")["X-Cache"] == "HIT"
    client.delete(f"/api/items/{item.pk}")
    second = client.get("/api/stats")
    assert second["X-Cache"] == "MISS"
    assert second.json()["total"] == total - 1


def test_the_page_works_without_javascript(client: Client) -> None:
    response = client.post("/items", {"title": "Feed the <cat>"}, follow=True)
    assert response.redirect_chain == [("/", 303)]
    page = response.content.decode()
    assert "Feed the &lt;cat&gt;" in page
    assert response["Content-Security-Policy"] == "default-src 'self'"

    item = Item.objects.get(title="Feed the <cat>")
    client.post(f"/items/{item.pk}/done")
    item.refresh_from_db()
    assert item.done
    client.post(f"/items/{item.pk}/delete")
    assert not Item.objects.filter(pk=item.pk).exists()


def test_the_page_says_what_is_wrong(client: Client) -> None:
    response = client.post("/items", {"title": " "})
    assert response.status_code == 422
    assert "1 to 200 characters" in response.content.decode()


def test_the_page_says_that_an_item_is_gone(client: Client) -> None:
    for action in ("done", "delete"):
        response = client.post(f"/items/0/{action}")
        assert response.status_code == 404
        assert "This item is gone" in response.content.decode()


def test_the_page_refuses_forms_of_other_sites() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/items", {"title": "x"}).status_code == 403


def test_a_reminder_goes_to_the_worker(client: Client, item: Item) -> None:
    response = client.post(f"/api/items/{item.pk}/remind", {"email": "me@example.com"}, JSON)
    assert response.status_code == 202
    state = client.get(f"/api/tasks/{response.json()['task_id']}")
    assert state.json() == {"state": "PENDING"}


def test_a_reminder_needs_an_address(client: Client, item: Item) -> None:
    for email in ("", "me", None, 1, "a@b.c\nBcc: x@example.com", "=?utf-8?q?a=40b.c=2C?=@d.ef"):
        response = client.post(f"/api/items/{item.pk}/remind", {"email": email}, JSON)
        assert response.status_code == 422
