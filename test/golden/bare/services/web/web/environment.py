"""Settings from the environment; NAME_FILE is the path of a file that holds the value of NAME."""

import os
from pathlib import Path


class ConfigurationError(Exception):
    """The environment is incomplete or malformed; the message names the variable."""


def text(name: str, default: str | None = None) -> str:
    """Return the value of NAME, or the content of NAME_FILE without its last line break.

    Raises ConfigurationError when there is neither and no default, or when there are both.
    """
    value = os.environ.get(name)
    path = os.environ.get(f"{name}_FILE")
    if value is not None and path is not None:
        raise ConfigurationError(f"{name} and {name}_FILE are both set: set one of them")
    if path is not None:
        try:
            value = Path(path).read_text(encoding="utf-8").removesuffix("\n")
        except OSError as error:
            raise ConfigurationError(f"{name}_FILE: {error}") from error
    if value is None:
        value = default
    if value is None:
        raise ConfigurationError(f"{name} is not set: set it, or {name}_FILE")
    return value


def integer(name: str, default: int | None = None) -> int:
    """Return NAME as a whole number."""
    value = text(name, None if default is None else str(default))
    try:
        return int(value)
    except ValueError:
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}") from None


def flag(name: str, *, default: bool | None = None) -> bool:
    """Return NAME as a truth value, written true or false."""
    value = text(name, None if default is None else str(default)).lower()
    if value not in {"true", "false"}:
        raise ConfigurationError(f"{name} must be true or false, not {value!r}")
    return value == "true"


def items(name: str, default: str | None = None) -> list[str]:
    """Return NAME as the list of its comma-separated parts."""
    return [part for part in (raw.strip() for raw in text(name, default).split(",")) if part]
