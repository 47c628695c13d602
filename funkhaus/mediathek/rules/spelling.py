"""What a mistyped word may have meant. Pure: a word comes in, those that one slip of a finger makes of it go out."""

from __future__ import annotations

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 4, 24  # letters; below every word is near to another, above there would be too many


def list_neighbors(word: str) -> set[str]:
    """The words that one letter more, less, other or two swapped make of a folded one; none for short and long ones."""
    if not SHORTEST <= len(word) <= LONGEST:
        return set()
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {head + tail[1:] for head, tail in parts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    other = {head + letter + tail[1:] for head, tail in parts if tail for letter in LETTERS}
    more = {head + letter + tail for head, tail in parts for letter in LETTERS}
    return (less | swapped | other | more) - {word}
