"""The to-do list: its API and its page."""

import pytest
from fastapi.testclient import TestClient

JSON = {"content-type": "application/json"}


@pytest.fixture
def address(client: TestClient) -> str:
    """Return the address of a new item."""
    item = client.post("/api/items", json={"title": "Buy milk"}).json()
    return f"/api/items/{item['id']}"


def test_an_item_from_beginning_to_end(client: TestClient) -> None:
    created = client.post("/api/items", json={"title": " Buy milk "})
    assert created.status_code == 201
    item = created.json()
    assert item["title"] == "Buy milk"
    assert item["done"] is False
    assert item in client.get("/api/items").json()

    address = f"/api/items/{item['id']}"
    changed = client.patch(address, json={"done": True})
    assert changed.status_code == 200
    assert changed.json() == item | {"done": True}

    assert client.delete(address).status_code == 204
    missing = client.patch(address, json={"done": True})
    assert missing.status_code == 404
    assert "error" in missing.json()


def test_a_number_too_large_is_no_item(client: TestClient) -> None:
    assert client.delete(f"/api/items/{2**70}").status_code == 404


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
def test_a_bad_item_is_refused(client: TestClient, body: str) -> None:
    response = client.post("/api/items", content=body, headers=JSON)
    assert response.status_code == 422
    assert "error" in response.json()


def test_a_large_body_is_refused(client: TestClient) -> None:
    response = client.post("/api/items", content="x" * 2_000_000, headers=JSON)
    assert response.status_code == 413


def test_a_form_of_another_site_is_no_json(client: TestClient) -> None:
    headers = {"content-type": "text/plain"}
    response = client.post("/api/items", content='{"title": "x"}', headers=headers)
    assert response.status_code == 422


@pytest.mark.parametrize("path", ["/api/nope", "/api/items/abc", "/api/tasks/abc"])
def test_an_address_that_is_not_there_is_said_in_json(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "error" in response.json()


def test_stats_count(client: TestClient, address: str) -> None:
    first = client.get("/api/stats")
    total = first.json()["total"]
    assert first.headers["X-Cache"] == "MISS"
    assert client.get("/api/stats").headers["X-Cache"] == "HIT"
    client.delete(address)
    second = client.get("/api/stats")
    assert second.headers["X-Cache"] == "MISS"
    assert second.json()["total"] == total - 1


def test_the_page_works_without_javascript(client: TestClient) -> None:
    added = client.post("/items", data={"title": "Feed the <cat>"}, follow_redirects=False)
    assert added.status_code == 303
    response = client.get(added.headers["location"])
    assert "Feed the &lt;cat&gt;" in response.text
    assert response.headers["Content-Security-Policy"] == "default-src 'self'"

    item = client.get("/api/items").json()[-1]
    client.post(f"/items/{item['id']}/done")
    assert client.get("/api/items").json()[-1]["done"] is True
    client.post(f"/items/{item['id']}/delete")
    assert item["id"] not in [each["id"] for each in client.get("/api/items").json()]


def test_the_page_says_what_is_wrong(client: TestClient) -> None:
    response = client.post("/items", data={"title": " "})
    assert response.status_code == 422
    assert "1 to 200 characters" in response.text


def test_the_page_says_that_an_item_is_gone(client: TestClient) -> None:
    for action in ("done", "delete"):
        response = client.post(f"/items/0/{action}")
        assert response.status_code == 404
        assert "This item is gone" in response.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_the_page_refuses_forms_of_other_sites(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/items", data={"title": "x"}, headers=headers).status_code == 403


def test_a_reminder_goes_to_the_worker(client: TestClient, address: str) -> None:
    response = client.post(f"{address}/remind", json={"email": "me@example.com"})
    assert response.status_code == 202
    state = client.get(f"/api/tasks/{response.json()['task_id']}")
    assert state.json() == {"state": "PENDING"}


def test_a_reminder_needs_an_address(client: TestClient, address: str) -> None:
    for email in ("", "me", None, 1, "a@b.c\nBcc: x@example.com", "=?utf-8?q?a=40b.c=2C?=@d.ef"):
        assert client.post(f"{address}/remind", json={"email": email}).status_code == 422
