"""The probes."""

from flask.testing import FlaskClient


def test_livez_answers_any_host(client: FlaskClient) -> None:
    response = client.get("/livez", headers={"host": "10.0.0.1"})
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok"}


def test_readyz_names_every_dependency(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.get_json() == {
        "status": "ok",
        "dependencies": {"database": "ok", "cache": "ok", "broker": "ok"},
    }


def test_other_hosts_are_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
