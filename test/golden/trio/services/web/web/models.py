"""The to-do items."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.dialects.mysql import DATETIME
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

MAX_TITLE = 200
MAX_ID = 2**63 - 1


class InvalidInputError(Exception):
    """What a client sent can't be used; the message says why."""


class NoSuchItemError(Exception):
    """There is no item of this number."""


class Base(DeclarativeBase):
    """What Alembic looks at."""


class Item(Base):
    """Something to do."""

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    done: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(DATETIME(fsp=6), default=lambda: datetime.now(UTC))

    def as_json(self) -> dict[str, object]:
        """Return the item as clients see it."""
        return {
            "id": self.id,
            "title": self.title,
            "done": self.done,
            # The column has no time zone; it is always UTC.
            "created_at": self.created_at.replace(tzinfo=UTC).isoformat(),
        }


def clean_title(value: object) -> str:
    """Return a title as it is stored; raise InvalidInputError when it can't be."""
    if not isinstance(value, str):
        raise InvalidInputError("title must be a text")
    title = value.strip()
    if not 1 <= len(title) <= MAX_TITLE:
        raise InvalidInputError(f"title must have 1 to {MAX_TITLE} characters")
    if "\0" in title or any("\ud800" <= character <= "\udfff" for character in title):
        raise InvalidInputError("title must not hold characters that can't be stored")
    return title
