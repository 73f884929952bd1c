"""Line breaking by display width: East Asian characters take two columns and may break anywhere."""

from __future__ import annotations

import re

from rich.cells import cell_len

# Marks that must not begin a line, and those that must not end one (the core of the kinsoku rules).
_CLOSING = "、。，．：；！？）〕］｝〉》」』】〙〗〟’”…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％℃"
_OPENING = "（〔［｛〈《「『【〘〖〝‘“"
_WIDE = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U0001f000-\U0003ffff]")


def wrap(text: str, width: int, indent: str = "") -> str:
    """The text in lines of at most `width` columns, each after `indent`.

    A word too long for a line is broken; an address is not, it would no longer work. Korean breaks at its spaces.
    """
    lines: list[str] = []
    room = width - cell_len(indent)
    current, used = "", 0
    for word in text.split():
        pieces = _pieces(word, room)
        for place, piece in enumerate(pieces):
            gap = " " if current and not place else ""
            size = len(piece) if piece.isascii() else cell_len(piece)
            if current and used + len(gap) + size > room:
                lines.append(current)
                current, used, gap = "", 0, ""
            current += gap + piece
            used += len(gap) + size
    return "\n".join(indent + line for line in [*lines, current])


def _pieces(word: str, room: int) -> list[str]:
    """The parts between which a line may break."""
    if word.startswith(("http://", "https://")) or (word.isascii() and len(word) <= room):
        return [word]
    pieces: list[str] = []
    for character in word:
        if pieces and not _may_break(pieces[-1], character, room):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_break(piece: str, character: str, room: int) -> bool:
    width = cell_len(character)
    if not width:  # a combining mark stays with its letter
        return False
    if cell_len(piece) + width > room:
        return True
    if character in _CLOSING or piece[-1] in _OPENING or piece[-1].isdigit():  # 148萬 is one number
        return False
    return bool(_WIDE.match(character) or _WIDE.match(piece[-1]))
