"""Placeholder until the branch `keyboard` is merged."""

from collections.abc import Callable


def decode_keystrokes(text: str, frequency: Callable[[str], int]) -> str | None:
    return None
