"""Spelling variants of a mistyped word: those at one edit (insertion, deletion, substitution, transposition). Pure."""

from __future__ import annotations

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 4, 24  # letters; shorter words resemble too many, longer ones give too many variants


def list_neighbors(word: str) -> set[str]:
    """Return the words at one edit (Damerau-Levenshtein) from a folded word; none for short and long words."""
    if not SHORTEST <= len(word) <= LONGEST:
        return set()
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {head + tail[1:] for head, tail in parts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    other = {head + letter + tail[1:] for head, tail in parts if tail for letter in LETTERS}
    more = {head + letter + tail for head, tail in parts for letter in LETTERS}
    return (less | swapped | other | more) - {word}
