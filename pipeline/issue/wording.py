"""What the digest says in its own voice: dates, disclosure and doubts in plain English, the same in every format."""

from collections import Counter, defaultdict
from datetime import date

from pipeline.issue.issue import Issue
from pipeline.issue.item import Caveat, Item, Reason

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MAX_DETAILS = 3

# By kind of doubt (`pipeline.text.doubts`): one, several. `{n}` is the number, in words below ten.
_PLAIN = {
    "number-invented": ("One number may not be in the original", "{n} numbers may not be in the original"),
    "number-lost": ("One number of the original may be missing", "{n} numbers of the original may be missing"),
    "date-changed": ("One date may differ from the original", "{n} dates may differ from the original"),
    "currency-changed": ("One currency may differ from the original", "{n} currencies may differ from the original"),
    "unit-changed": ("One unit of measure may be another one", "{n} units of measure may be other ones"),
    "code-changed": (
        "One code or address may differ from the original",
        "{n} codes or addresses may differ from the original",
    ),
    "country-invented": ("One country may not be in the original", "{n} countries may not be in the original"),
    "name-invented": ("One name may not be in the original", "{n} names may not be in the original"),
    "name-lost": ("One name of the original may be missing", "{n} names of the original may be missing"),
    "term-lost": ("One word is not as your glossary has it", "{n} words are not as your glossary has them"),
    "low-score": ("The model was unsure of one sentence", "The model was unsure of {n} sentences"),
    "weak-model": ("The translation model is weak in this language", "The translation model is weak in this language"),
    "unmeasured-model": (
        "Nobody has measured the translation model in this language",
        "Nobody has measured the translation model in this language",
    ),
    "truncated": ("One sentence was cut off", "{n} sentences were cut off"),
    "limit-changed": (
        "One limit (“at least”, “at most”) may be the other way round",
        "{n} limits (“at least”, “at most”) may be the other way round",
    ),
    "negation-changed": ("One sentence may say the opposite", "{n} sentences may say the opposite"),
    "office-changed": ("One office may not be the one of the original", "{n} offices may not be those of the original"),
    "place-unverified": ("One place name could not be checked", "{n} place names could not be checked"),
    "link-changed": ("One web address may differ from the original", "{n} web addresses may differ from the original"),
    "loop": ("One sentence repeats itself", "{n} sentences repeat themselves"),
    "untranslated": ("One sentence was left untranslated", "{n} sentences were left untranslated"),
    "too-short": ("One sentence may be incomplete", "{n} sentences may be incomplete"),
    "too-long": ("One sentence may say more than the original", "{n} sentences may say more than the original"),
}
_OTHER = ("One passage may be mistranslated", "{n} passages may be mistranslated")
DRAFT = "Draft: much of this translation is in doubt. Check it against the original before use."
LISTED = (
    "These articles are listed and not told: their translations are not reliable enough to print. "
    "The headlines are the outlets’ own."
)
# Why articles are not told, of one or more of them, in the order in which it is said.
_WHY_LISTED: dict[Reason, str] = {
    "doubts": "too much of the translation is in doubt",
    "weak-model": "the translation model is weak in the language",
    "unmeasured-model": "nobody has measured the translation model in the language",
}


def long_date(iso: str) -> str:
    """`2026-11-23`, or a time on that day, as `23 November 2026`; the day is the one at the place of publication."""
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {day:%B} {day.year}"


def dateline(issue: Issue) -> str:
    """`Monday, 23 November 2026`."""
    return f"{date.fromisoformat(issue.date):%A}, {long_date(issue.date)}"


def extent(issue: Issue) -> str:
    """`5 articles, 4 languages` or `3 articles told, 2 listed, 4 languages`; one in English alone does not say so."""
    told, listed, tongues = len(issue.told), len(issue.listed), issue.languages
    if not listed:
        articles = _articles(told)
    elif told:
        articles = f"{_articles(told)} told, {listed} listed"
    else:
        articles = f"{_articles(listed)} listed, none told"
    if not tongues or tongues == ("English",):
        return articles
    if len(tongues) == 1:
        return f"{articles}{',' if listed else ''} from {tongues[0]}"
    return f"{articles}, {len(tongues)} languages"


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"


def facts(item: Item) -> list[str]:
    """Outlet, date, language and whether it is an update, as far as known."""
    published = long_date(item.published) if item.published else ""
    update = "Updated" if item.is_update else ""
    return [fact for fact in (item.outlet, published, item.language_name, update) if fact]


def remedy(item: Item) -> tuple[str, str]:
    """Of an item that is only listed, why it is not told and what would help: a sentence and, if one would, a command.

    The sentence then ends with a colon.
    """
    language = item.language_name or "the language"
    why = {
        "unmeasured-model": f"Nobody has measured how well {model_name(item.model)} translates {language}.",
        "weak-model": f"{model_name(item.model)} is weak in {language}.",
    }.get(item.reason, "Too much of the translation is in doubt.")
    if item.better_model:
        return f"{why} A better model ({item.better_model}):", f"worldbrief models get {item.language}"
    if item.reason == "unmeasured-model":
        return f"{why} To measure it:", "worldbrief evaluate models"
    return f"{why} No better model is known here: read the original.", ""


def disclosure(item: Item) -> str:
    """Who translated the item; "" for an article in English and for one that is not told."""
    if not item.model or not item.told:
        return ""
    source = f" from {item.language_name}" if item.language_name else ""
    others = " and ".join(dict.fromkeys(map(model_name, item.other_models)))
    single = f", single sentences by {others}" if others else ""
    return f"Machine translated{source} by {model_name(item.model)}{single}"


def model_name(identity: str) -> str:
    """The name a reader may look up, without the revision: `nllb-600m@f8d333a0` is `nllb-600m`."""
    return identity.partition("@")[0]


def notes(item: Item) -> list[str]:
    """The doubts of an item as sentences a reader understands, one for each sort of doubt, in the order met.

    None for an item that is not told: there is nothing to warn of.
    """
    if not item.told:
        return []
    groups: dict[tuple[str, str], list[Caveat]] = defaultdict(list)
    for caveat in item.warnings:
        groups[_PLAIN.get(caveat.kind, _OTHER)].append(caveat)
    said = [_sentence(words, caveats) for words, caveats in groups.items()]
    return [DRAFT, *said] if item.draft else said


def colophon(issue: Issue) -> list[str]:
    """How the issue was made: translation, summaries, what was left out; one sentence each."""
    said = []
    if issue.models:
        names = ", ".join(sorted({model_name(model) for model in issue.models}))
        said.append(
            f"Articles in other languages were translated by machine ({names}). "
            "Names, numbers and quotations may be wrong: check the original before you quote."
        )
    methods = sorted({item.summary_method for item in issue.items if item.summary_method})
    if methods and all(method.partition("/")[0] == "extractive" for method in methods):
        said.append("Each summary consists of sentences taken from its article.")
    elif methods:
        said.append(f"Summaries were made by machine ({', '.join(methods)}).")
    if issue.listed:
        reasons = Counter(item.reason for item in issue.listed)
        said_of = [(words, reasons[kind]) for kind, words in _WHY_LISTED.items() if reasons[kind]]
        why = "; ".join(f"{words} ({number})" if len(said_of) > 1 else words for words, number in said_of)
        said.append(f"Articles listed and not told: {len(issue.listed)}, because {why}.")
    if issue.counts.dropped:
        said.append(f"Articles left out because their translation is not reliable enough: {issue.counts.dropped}.")
    if issue.counts.left_out:
        said.append(f"Articles for which there was no room, and second copies, left out: {issue.counts.left_out}.")
    if issue.counts.without_english:
        said.append(f"Articles that could not be put into English: {issue.counts.without_english}.")
    return said


def _sentence(words: tuple[str, str], caveats: list[Caveat]) -> str:
    # One name doubted in two sentences is one name.
    details = list(dict.fromkeys(caveat.detail for caveat in caveats if caveat.detail))
    count = len(details) + sum(not caveat.detail for caveat in caveats)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    claim = words[0] if count == 1 else words[1].format(n=number)
    claim = claim[:1].upper() + claim[1:]
    if not details:
        return f"{claim}."
    shown = "; ".join(details[:_MAX_DETAILS])
    rest = len(details) - _MAX_DETAILS
    return f"{claim}: {shown}" + (f"; and {rest} more." if rest > 0 else "" if shown.endswith((".", "…")) else ".")
