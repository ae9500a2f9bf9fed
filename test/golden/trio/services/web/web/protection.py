"""What every request and response has to go through."""

import logging
import re
from time import perf_counter_ns

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PROBES = {"/livez", "/readyz"}
# These pages of development load their scripts from elsewhere.
DOCUMENTATION = {"/docs", "/redoc"}

logger = logging.getLogger(__name__)


class BodyTooLargeError(Exception):
    """The body is larger than is allowed."""


class Protection:
    """Refuses unknown hosts and large bodies, tells browsers what pages may not do, and logs."""

    def __init__(
        self, app: ASGIApp, *, hosts: list[str] | None, headers: dict[str, str], max_length: int
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.headers = headers
        self.max_length = max_length

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = scope["path"]
        # The proxy has stripped the prefix; to ASGI it is part of the path.
        scope = {**scope, "path": scope["root_path"] + path}
        begin = perf_counter_ns()
        started = False
        length = 0

        async def limited() -> Message:
            nonlocal length
            message = await receive()
            length += len(message.get("body", b""))
            if length > self.max_length:
                raise BodyTooLargeError
            return message

        async def secured(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if path not in DOCUMENTATION:
                    MutableHeaders(scope=message).update(self.headers)
                # Probes that go well would drown the others.
                if path not in PROBES or message["status"] >= 400:
                    log(message["status"])
            await send(message)

        def log(status: int) -> None:
            details = {
                "status": status,
                "microseconds": (perf_counter_ns() - begin) // 1000,
                "request_id": headers.get("x-request-id"),
            }
            logger.info("%s %s %s", scope["method"], scope["path"], status, extra=details)

        if path not in PROBES and not self.knows(headers.get("host", "")):
            refusal = JSONResponse({"error": "this host is not known here"}, 400)
            await refusal(scope, receive, secured)
            return
        try:
            await self.app(scope, limited, secured)
        except BodyTooLargeError:
            if started:
                raise
            await JSONResponse({"error": "the body is too large"}, 413)(scope, receive, secured)
        except Exception:
            # It is answered further out.
            if not started:
                log(500)
            raise

    def knows(self, host: str) -> bool:
        """Tell whether a Host header is one of ours."""
        name = re.sub(r":\d+$", "", host.lower())
        return self.hosts is None or any(
            name == known or (known.startswith(".") and f".{name}".endswith(known))
            for known in self.hosts
        )
