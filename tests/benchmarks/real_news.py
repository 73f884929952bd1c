"""What a digest says of real news pages, held against facts that a person took from the originals.

    python -m tests.benchmarks.real_news OUT_DIR ... [--show] [--language ja] [--patterns]

OUT_DIR is where `worldbrief run` wrote `issue.json` and `articles.jsonl`; several are read as one digest. Prints for
each article that was run one of

    right     the first of its facts, which is the news itself, and another are told, and nothing known to be false
    thin      nothing known to be false is said, but too few of the facts are told
    withheld  the item is listed with its original headline and not told
    wrong     something false is printed as a statement: in the headline, the one line or the summary
    absent    the digest has no item for the article: it was refused, failed or left out

with the reason, and the totals by language. Patterns only find the errors they know. So `--show` prints each item's
English beside what the original says, for reading, and `real_news_verdicts.toml` (`--verdicts FILE` names another)
keeps what a reader found: a verdict holds as long as the very same text is printed and is reported as stale otherwise.
Items whose article is not in the table are `unread` until a reader has judged them. `--patterns` leaves the reader out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
TABLE = HERE / "real_news.toml"
VERDICTS = HERE / "real_news_verdicts.toml"

Outcome = Literal["right", "thin", "withheld", "wrong", "absent", "unread"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ENOUGH = 2
"""So many facts, the first among them, make an item worth reading; every article has at least so many."""
_QUOTES = str.maketrans("’‘“”‑–—\u00a0", "''\"\"--- ")


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:  # which pydantic would not report with the place in the table
        raise ValueError(f"{pattern!r} is no pattern: {error}") from error
    return pattern


Patterns = Annotated[tuple[Annotated[str, AfterValidator(_compiles)], ...], Field(min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(_Frozen):
    """Something the original says, in our words, and patterns of which one is found in English that tells it."""

    fact: str
    told: Patterns


class Falsehood(_Frozen):
    """Something a poor translation may say that is not so, why it is false, and patterns that find it."""

    why: str
    said: Patterns


class Original(_Frozen):
    """One article: the name of its file, its language (BCP 47), what it is about, its facts and likely falsehoods."""

    file: str
    language: str
    about: str
    facts: Annotated[tuple[Fact, ...], Field(min_length=ENOUGH, max_length=4)]
    wrong: tuple[Falsehood, ...] = ()


class Verdict(_Frozen):
    """What a reader found of one printed text; `text` is its `Printed.fingerprint`."""

    file: str
    text: str
    verdict: Literal["right", "thin", "wrong"]
    note: str = ""


class _Table(_Frozen):
    article: tuple[Original, ...]


class _Verdicts(_Frozen):
    verdict: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Printed:
    """An article of a run as the digest prints it: the lines that are printed as statements.

    One that is listed and not told, or that has no item at all, states nothing: it has no lines.
    """

    source: str
    language: str
    original: str
    """The headline as the outlet printed it."""
    lines: tuple[str, ...] = ()
    unprinted: Literal["withheld", "absent", ""] = ""
    """Why it states nothing; "" where it is told."""
    reason: str = ""
    """What the run says of an article that it does not tell."""

    @property
    def text(self) -> str:
        """Plain quotes and hyphens, a line for each statement, so that `.` in a pattern stays within one."""
        return "\n".join(self.lines).translate(_QUOTES)

    @property
    def fingerprint(self) -> str:
        """12 hex digits of the lines."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Judged:
    """The outcome of one article with its reason; `by` says who found it: "pattern" or "reader"."""

    file: str
    language: str
    outcome: Outcome
    reason: str
    by: Literal["pattern", "reader"] = "pattern"
    is_stale: bool = False
    """A reader judged another text of this article."""


def read_originals(path: Path = TABLE) -> tuple[Original, ...]:
    return _Table.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).article


def read_verdicts(path: Path = VERDICTS) -> tuple[Verdict, ...]:
    return _Verdicts.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).verdict


def read_printed(folders: Iterable[Path]) -> Iterator[Printed]:
    """The articles of each folder's run, those without an item among them."""
    for folder in folders:
        sections = json.loads((folder / "issue.json").read_text(encoding="utf-8"))["sections"]
        items = {item["id"]: item for section in sections for item in section["items"]}
        for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield printed(record, items.get(record["id"]))


def printed(record: dict[str, Any], item: dict[str, Any] | None) -> Printed:
    """One line of articles.jsonl with its item of issue.json; digests that only knew told items have no `told`."""
    source, original = record["source"], record["title"] or ""
    language = record["language"]["code"] if record["language"] else "und"
    if item is None:
        reason = record["error"]["message"] if record["error"] else "left out"
        return Printed(source, language, original, unprinted="absent", reason=reason)
    if not item.get("told", True):
        reason = item.get("reason") or "listed, not told"
        return Printed(source, language, original, unprinted="withheld", reason=reason)
    lines = (item.get(name) or "" for name in ("headline", "one_line", "summary"))
    return Printed(source, language, original, tuple(line for line in lines if line))


def judge(original: Original, item: Printed) -> Judged:
    """What the patterns say of an item: one thing false is enough to make it wrong, whatever else it tells."""

    def judged(outcome: Outcome, reason: str) -> Judged:
        return Judged(original.file, original.language, outcome, reason)

    if item.unprinted:
        return judged(item.unprinted, item.reason)
    for falsehood in original.wrong:
        if found := first_match(falsehood.said, item.text):
            return judged("wrong", f'"{found}": {falsehood.why}')
    told = [fact for fact in original.facts if first_match(fact.told, item.text)]
    missing = "; ".join(fact.fact for fact in original.facts if fact not in told)
    count = f"{len(told)} of {len(original.facts)} facts told"
    has_news = original.facts[0] in told and len(told) >= ENOUGH
    return judged("right" if has_news else "thin", f"{count}{missing and f', not: {missing}'}")


def with_reader(judged: Judged, item: Printed, verdicts: Iterable[Verdict]) -> Judged:
    """A reader's verdict on this very text takes the place of the patterns'; what is not told needs none."""
    if item.unprinted:
        return judged
    of_file = [verdict for verdict in verdicts if verdict.file == judged.file]
    for verdict in of_file:
        if verdict.text == item.fingerprint:
            return Judged(judged.file, judged.language, verdict.verdict, verdict.note or judged.reason, "reader")
    return Judged(judged.file, judged.language, judged.outcome, judged.reason, is_stale=bool(of_file))


def judge_all(
    originals: Iterable[Original], items: Iterable[Printed], verdicts: Sequence[Verdict]
) -> list[tuple[Judged, Original | None, Printed]]:
    """The items whose article is in the table and then the others, by language and file."""
    by_name = {PurePosixPath(original.file).name: original for original in originals}
    rows: list[tuple[Judged, Original | None, Printed]] = []
    for item in items:
        name = PurePosixPath(item.source).name
        if original := by_name.get(name):
            judged = judge(original, item)
        else:
            judged = Judged(name, item.language, item.unprinted or "unread", item.reason or "no facts in the table")
        rows.append((with_reader(judged, item, verdicts), original, item))
    return sorted(rows, key=lambda row: (row[1] is None, row[0].language, row[0].file))


def first_match(patterns: Iterable[str], text: str) -> str:
    """What the first pattern found, "" if none did."""
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    return next((match[0] for match in found if match), "")


def _print(judged: Judged, original: Original | None, item: Printed, *, show: bool) -> None:
    by = "reader" if judged.by == "reader" else "stale" if judged.is_stale else ""
    print(f"{judged.outcome:9}{by:7}{judged.language:8}{judged.file}: {judged.reason}")
    if not show or item.unprinted:
        return
    if original:
        print(f"    about     {original.about}")
        for fact in original.facts:
            print(f"    {'told' if first_match(fact.told, item.text) else 'not told':10}{fact.fact}")
    print(f"    original  {item.original}")
    for line in item.lines:
        print(f"    > {line}")
    print(f"    text      {item.fingerprint}\n")


def _print_totals(rows: Iterable[Judged]) -> None:
    by_language: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for row in rows:
        for name in (row.language, "all"):
            by_language[name][row.outcome] += 1
    shown = [outcome for outcome in OUTCOMES if by_language["all"][outcome]]
    print(f"\n{'':10}{''.join(f'{outcome:>10}' for outcome in shown)}{'items':>10}")
    for name in (*sorted(by_language.keys() - {"all"}), "all"):
        counts = by_language[name]
        print(f"{name:10}{''.join(f'{counts[outcome]:>10}' for outcome in shown)}{counts.total():>10}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="OUT_DIR")
    parser.add_argument("--show", action="store_true", help="print each item's English beside what the original says")
    parser.add_argument("--language", help="only articles in this language")
    parser.add_argument("--verdicts", type=Path, default=VERDICTS, help="what readers found")
    parser.add_argument("--patterns", action="store_true", help="judge by the patterns alone")
    options = parser.parse_args()
    verdicts = () if options.patterns else read_verdicts(options.verdicts)
    rows = judge_all(read_originals(), read_printed(options.folders), verdicts)
    rows = [row for row in rows if options.language in (None, row[0].language)]
    for judged, original, item in rows:
        _print(judged, original, item, show=options.show)
    _print_totals(judged for judged, _, _ in rows)
    if not options.patterns:
        read = sum(judged.by == "reader" for judged, _, _ in rows)
        stale = sum(judged.is_stale for judged, _, _ in rows)
        print(f"\nread by a person: {read}; judged by a person with another text (stale): {stale}")


if __name__ == "__main__":
    main()
