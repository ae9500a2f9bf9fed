"""The to-do items."""

from typing import override

from django.db import models

MAX_TITLE = 200


class InvalidInputError(Exception):
    """What a client sent can't be used; the message says why."""


class Item(models.Model):
    """Something to do."""

    title = models.CharField(max_length=MAX_TITLE)
    done = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Oldest first."""

        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return self.title


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
