"""The application."""

import logging.config
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from web import api, cache, database, health, pages
from web.environment import text
from web.models import InvalidInputError, NoSuchItemError
from web.protection import Protection


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Close the connections when the server stops; they are opened when they are needed."""
    yield
    await cache.close()
    await database.close()


def create_app() -> FastAPI:
    """Return the application with the settings that APP_SETTINGS names."""
    settings = import_module(os.environ["APP_SETTINGS"])
    logging.config.dictConfig(settings.LOGGING)
    app = FastAPI(
        title="web",
        lifespan=lifespan,
        root_path=text("ROOT_PATH", ""),
        openapi_url="/openapi.json" if settings.DEBUG else None,
    )
    app.add_middleware(
        Protection,
        hosts=settings.ALLOWED_HOSTS,
        headers=settings.SECURITY_HEADERS,
        max_length=settings.MAX_CONTENT_LENGTH,
    )
    app.include_router(health.router)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))

    @app.exception_handler(HTTPException)
    async def refused(_request: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": error.detail}, error.status_code, error.headers)

    @app.exception_handler(RequestValidationError)
    async def malformed(_request: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"error": error.errors()[0]["msg"]}, 422)

    @app.exception_handler(InvalidInputError)
    async def invalid(_request: Request, error: InvalidInputError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 422)

    @app.exception_handler(NoSuchItemError)
    async def missing(_request: Request, _error: NoSuchItemError) -> JSONResponse:
        return JSONResponse({"error": "there is no such item"}, 404)

    return app
