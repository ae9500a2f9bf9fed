"""Probes: /livez says that the process answers, /readyz that it can do its work."""

import asyncio
import logging
from collections.abc import Awaitable

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import text

from web.cache import read
from web.celery import app
from web.database import engine

logger = logging.getLogger(__name__)
router = APIRouter()


@router.get("/livez")
@router.head("/livez", include_in_schema=False)
async def livez() -> dict[str, str]:
    """Touch nothing."""
    return {"status": "ok"}


@router.get("/readyz")
@router.head("/readyz", include_in_schema=False)
async def readyz() -> JSONResponse:
    """Ask every dependency; each answers or fails within three seconds."""
    checks: dict[str, Awaitable[object]] = {
        "database": check_database(),
        "cache": read("readyz"),
        "broker": to_thread.run_sync(check_broker),
    }
    states = await asyncio.gather(*(state(name, check) for name, check in checks.items()))
    dependencies = dict(zip(checks, states, strict=True))
    ok = "error" not in states
    return JSONResponse(
        {"status": "ok" if ok else "error", "dependencies": dependencies}, 200 if ok else 503
    )


async def state(name: str, check: Awaitable[object]) -> str:
    """Return ok or error; why goes to the log, not to the client."""
    try:
        async with asyncio.timeout(3):
            await check
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the dependency is not usable
        logger.warning("%s is not ready: %s", name, error)
        return "error"
    return "ok"


async def check_database() -> None:
    """Run a query."""
    async with engine().connect() as connection:
        await connection.execute(text("SELECT 1"))


def check_broker() -> None:
    """Log in at the broker."""
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.connect()
