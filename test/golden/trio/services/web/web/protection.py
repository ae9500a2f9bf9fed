"""What every request and response has to go through."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PROBES = {"/livez", "/readyz"}


class BodyTooLargeError(Exception):
    """The body is larger than is allowed."""


class Protection:
    """Refuses unknown hosts and large bodies, and tells browsers what pages may not do."""

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
        # The proxy has stripped the prefix; to ASGI it is part of the path.
        scope = {**scope, "path": scope["root_path"] + scope["path"]}
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
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        if not self.knows(scope):
            refusal = JSONResponse({"error": "this host is not known here"}, 400)
            await refusal(scope, receive, secured)
            return
        try:
            await self.app(scope, limited, secured)
        except BodyTooLargeError:
            if started:
                raise
            await JSONResponse({"error": "the body is too large"}, 413)(scope, receive, secured)

    def knows(self, scope: Scope) -> bool:
        """Tell whether the host is one of ours; probes come with any."""
        if self.hosts is None or scope["path"].removeprefix(scope["root_path"]) in PROBES:
            return True
        host = Headers(scope=scope).get("host", "").rsplit(":", 1)[0]
        return host in self.hosts
