"""The probes."""

import pytest
from django.test import Client


def test_livez_answers_any_host(client: Client) -> None:
    response = client.get("/livez", headers={"host": "10.0.0.1"})
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_names_every_dependency(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "dependencies": {"database": "ok", "cache": "ok", "broker": "ok"},
    }


@pytest.mark.django_db
def test_admin_asks_for_a_login(client: Client) -> None:
    assert client.get("/admin/login/").status_code == 200


def test_other_hosts_are_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
