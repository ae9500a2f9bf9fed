"""Probes: /livez says that the process answers, /readyz that it can do its work."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """Touch nothing."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, HTTPStatus]:
    """Nothing else is needed."""
    return jsonify(status="ok", dependencies={}), HTTPStatus.OK
