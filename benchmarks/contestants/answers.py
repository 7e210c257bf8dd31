"""What a contestant answers."""

from __future__ import annotations

from enum import Enum


class Answer(Enum):
    """The statement holds, it fails, or neither was decided."""

    TRUE = "true"
    FALSE = "false"
    OPEN = "open"


class CannotState(Exception):
    """The contestant has no words for the statement; the message says for what."""


class Undecided(Exception):
    """The contestant left it open; the message is its own word for it."""
