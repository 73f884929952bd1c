"""One article as the page of review shows it: what the digest says of it, and its translation line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.issue import wording
from pipeline.issue.plain import address, line
from pipeline.language import codes
from pipeline.overlay.overlay import Overlay
from pipeline.review import marks
from pipeline.text.doubts import KINDS, OF_MODEL

Entry = dict[str, Any]

MOST_SENTENCES = 1000
"""Sentences of one article that the page takes; an article may be a book."""
_CUT = 12


def entry_of(article: Mapping[str, Any], section: str, item: Mapping[str, Any] | None, overlay: Overlay) -> Entry:
    """What the page knows of an article.

    Args:
        article: its line of articles.jsonl.
        section: title of the section it stands in.
        item: what the issue has of it; None where it is not in the issue.
    """
    translation = article["translation"]
    code = (article["language"] or {}).get("code", codes.UNKNOWN)
    summary = article["summary"] or {"text": "", "headline": "", "quotes": []}
    machine = translation["title"] if translation else ""
    rows = _translated(article, translation, code, summary, overlay) if translation else _english(article, summary)
    judged = [row["c"] for row in rows if row.get("c") is not None]
    tags = [] if item else [tag["label"] for tag in article["tags"] or () if tag["scheme"] == "medtop"]
    return {
        "id": article["id"],
        "revision": article["revision"],
        "saved": bool(item and item.get("saved")),
        "sure": bool(summary["headline"] or summary["quotes"]),
        "state": "out" if item is None else "told" if item["told"] else "listed",
        "section": section,
        "why": _why(article, item),
        "command": _command(item),
        "headline": (item["headline"] if item and item["told"] else "") or summary["headline"] or machine,
        "original": line(article["title"] or "", 2000) if translation else "",
        "machine": machine,
        "lang": code,
        "language": "" if code == codes.UNKNOWN else codes.english_name(code),
        "dir": "rtl" if codes.direction(code) == "rtl" else "ltr",
        "outlet": item["outlet"] if item else line(article["publisher"] or "", 100),
        "date": wording.long_date(item["published"]) if item and item["published"] else "",
        "url": address(article["url"]),
        "source": line(article["source"], 200),
        "summary": item["summary"] if item and item["told"] else summary["text"],
        "topics": [topic["label"] for topic in item["topics"]]
        if item
        else [label[:1].upper() + label[1:] for label in tags],
        "warnings": [_warning(warning) for warning in (article["extraction"] or {}).get("warnings", ())],
        "update": article["update"],
        "draft": article["status"] == "draft",
        "model": wording.model_name(translation["model"]) if translation else "",
        "rows": rows[:MOST_SENTENCES],
        "count": sum(not row.get("a") for row in rows),
        "doubtful": sum(bool(row["d"]) for row in rows),
        "mean": round(sum(judged) / len(judged), 3) if judged else None,
    }


def shortened(entry: Entry) -> Entry:
    """The entry with its first sentences only, and those that are quoted or in doubt."""
    kept = [row for at, row in enumerate(entry["rows"]) if at < _CUT or row.get("q") or row.get("h")]
    return {**entry, "rows": kept}


def _translated(
    article: Mapping[str, Any], translation: Mapping[str, Any], code: str, summary: Mapping[str, Any], overlay: Overlay
) -> list[Entry]:
    entities = [entity["text"] for entity in article["entities"] or ()]
    given = [(name.source, name.english) for name in overlay.name if _is_of(name.language, code)]
    names = marks.Names.of([article["title"], *article["paragraphs"]], code, entities, given)
    quoted = {quote["sentence"] for quote in summary["quotes"]}
    decided = {
        "".join(correction.source.split()): correction.english
        for correction in overlay.sentence
        if _is_of(correction.language, code)
    }
    rows: list[Entry] = []
    headline_is_told = False
    for index, (sentence, confidence) in enumerate(
        zip(translation["sentences"], translation["confidence"], strict=True)
    ):
        row: Entry = {
            "p": sentence["paragraph"],
            "o": marks.original(sentence["source"], code, names),
            "e": marks.english(sentence["text"], names),
            "c": confidence,
            "d": [[_label(doubt["kind"]), _detail(doubt)] for doubt in sentence.get("doubts", ())],
        }
        if sentence.get("apart"):
            row["a"] = True
        if index in quoted:
            row["q"] = True
        if (
            not headline_is_told
            and summary["headline"]
            and sentence["text"].startswith(summary["headline"].rstrip("…"))
        ):
            row["h"] = headline_is_told = True
        by_hand = decided.get("".join(sentence["source"].split()))
        if by_hand is not None:
            row["k"] = by_hand
        rows.append(row)
    return rows


def _is_of(language: str, code: str) -> bool:
    """`zh` is said of both scripts."""
    return code == language or code.startswith(f"{language}-")


def _english(article: Mapping[str, Any], summary: Mapping[str, Any]) -> list[Entry]:
    """The paragraphs of an article that is English; what is quoted of one marks it whole."""
    names = marks.Names((), tuple(entity["text"] for entity in article["entities"] or ()))
    texts = [article["title"], *(article["paragraphs"] or ())]
    rows = []
    for place, text in enumerate(texts, start=-1):
        row: Entry = {"p": place, "o": None, "e": marks.english(text, names), "c": None, "d": []}
        if any(quote["text"].rstrip("…") in text for quote in summary["quotes"]):
            row["q"] = True
        if place < 0 and summary["headline"] == text:
            row["h"] = True
        rows.append(row)
    return rows


def _label(kind: str) -> str:
    known = KINDS.get(kind)  # type: ignore[call-overload]
    return known.label if known else kind


def _detail(doubt: Mapping[str, str]) -> str:
    """The doubt in words; the detail of one that no check has is the sentence itself, which is there already."""
    return "" if doubt["kind"] == "low-confidence" else doubt["detail"]


def _warning(warning: Mapping[str, str]) -> str:
    said = wording.OF_READING.get(warning["kind"], "")
    return f"{said} ({line(warning['detail'], 300)})" if said else line(warning["detail"], 300)


def _why(article: Mapping[str, Any], item: Mapping[str, Any] | None) -> str:
    """Why it is not told, and what an editor can do; "" for one that is."""
    if item is None:
        return "It is not in the issue: it was dropped, there was no room, or the settings leave such articles out."
    if item["told"]:
        return ""
    language = item["language_name"] or "the language"
    words = next((words.one for kind, words in OF_MODEL.items() if kind == item["reason"]), wording.NOTHING_SURE)
    why = words.format(model=wording.model_name(item["model"]), language=language)
    return f"{why[0].upper()}{why[1:]}. To print it, read the lines, confirm or correct them, then tell it."


def _command(item: Mapping[str, Any] | None) -> str:
    if item is None or not item["better_model"]:
        return ""
    return f"worldbrief models get {item['language']}"
