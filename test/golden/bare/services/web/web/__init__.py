"""The service web."""

import logging.config
import os

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from web import health


def create_app() -> Flask:
    """Return the application with the settings that APP_SETTINGS names."""
    app = Flask(__name__)
    app.config.from_object("web.settings")
    app.config.from_object(os.environ["APP_SETTINGS"])
    logging.config.dictConfig(app.config["LOGGING"])
    # Exactly one server in front, which ends TLS; the port is published on loopback.
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
        app.wsgi_app, x_for=1, x_proto=1, x_host=0, x_prefix=0
    )
    app.register_blueprint(health.blueprint)

    @app.before_request
    def known_host() -> None:
        """Refuse host names that are not ours; probes come with any."""
        allowed = app.config["ALLOWED_HOSTS"]
        probe = request.blueprint == "health"
        host = request.host.lower()
        if allowed is not None and not probe and not host_is_trusted(host, allowed):
            abort(400)

    @app.after_request
    def secure(response: Response) -> Response:
        """Tell browsers what pages may not do."""
        response.headers.extend(app.config["SECURITY_HEADERS"])
        return response

    return app
