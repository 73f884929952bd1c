"""What the digest says in its own voice: dates, disclosure and doubts in plain English, the same in every format."""

from collections import Counter
from collections.abc import Set
from datetime import date

from pipeline.issue.issue import Issue
from pipeline.issue.item import Item, Reason
from pipeline.issue.label import is_seen
from pipeline.issue.plain import line
from pipeline.issue.words import BY_EDITOR
from pipeline.text.doubts import OF_MODEL

# From this share of doubtful sentences on, an item says so: that much of the article cannot be in what is printed.
# Most items have one or two, and a line that every item had would not be read.
_NOTABLE = 0.1
_CHECK = "Check it against the original before use."
OF_READING = {
    "text-uncertain": "The page was hard to read: what is printed may be no part of the article.",
    "text-incomplete": "The page was hard to read: the article may go on beyond what was found.",
    "letters-lost": "The page has damaged characters: letters may be missing, also from names.",
    "date-uncertain": "When the article was published is uncertain.",
    "writers-uncertain": "Who wrote the article is uncertain.",
}
# Said where nothing graver is.
_MILD = ("date-uncertain", "writers-uncertain")
_PREHEADER = 140
# After it invisible characters of some width, so that a program does not go on with the text of the page: figure
# spaces, each with a combining grapheme joiner and a zero-width space to make it a place to break.
PREHEADER_END = "\u2007\u034f\u200b" * 60
LISTED = (
    "These articles are listed and not told: their translations are not reliable enough to print. "
    "The headlines are the outlets’ own."
)
QUIET = "Nothing new came: there is no article that earlier issues do not have."
NOTHING_SURE = "no line of the translation is certain enough to print"
# Why articles are not told, of one or more of them, in the order in which it is said.
_WHY_LISTED: dict[Reason, str] = {
    **{kind: words.several for kind, words in OF_MODEL.items()},
    "nothing-sure": NOTHING_SURE,
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
    if not told and not listed:
        return "nothing new"
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


def preheader(issue: Issue) -> str:
    """What a list of mails shows after the subject: the first headlines, as many as are shown whole, or what there is.

    Programs show 40 to 140 characters.
    """
    headlines = [item.headline for item in issue.told]
    if not headlines:
        return extent(issue)
    shown = line(headlines[0], _PREHEADER)
    for headline in headlines[1:]:
        if len(shown) + len(headline) + 2 > _PREHEADER:
            break
        shown += f"; {headline}"
    return shown


def facts(item: Item) -> list[str]:
    """Outlet, date, language and whether it is an update, as far as known."""
    published = long_date(item.published) if item.published else ""
    update = "Updated" if item.is_update else ""
    return [fact for fact in (item.outlet, published, item.language_name, update) if fact]


def what_is_new(item: Item) -> str:
    """Of an update, what is new in it, or how much of it that may not be printed; "" where nothing is known of it, or
    an editor wrote the summary."""
    if item.news:
        return f"What is new: {item.news}"
    if not item.is_update or "summary" in item.edited or not (item.new_sentences or item.new_headline):
        return ""
    if not item.new_sentences:
        return "What is new is in the headline."
    much = "1 sentence is" if item.new_sentences == 1 else f"{item.new_sentences} sentences are"
    if not item.told:
        return f"Updated since an earlier issue had it: {much} new."
    return f"What is new could not be translated surely enough to print: {much} new."


def with_news(item: Item) -> str:
    """What is new in an update and the summary in one text, for formats that have one place for both."""
    return " ".join(text for text in (item.news, item.summary) if text)


def why_listed(item: Item) -> str:
    """Of an item that is only listed, why it is not told, in a sentence for its readers.

    What the desk can do about it is no news of theirs: it stands in the hints of the run and in the page of review.
    """
    words = next((words.one for kind, words in OF_MODEL.items() if kind == item.reason), NOTHING_SURE)
    sentence = f"{words[0].upper()}{words[1:]}."
    return sentence.format(model=model_name(item.model), language=item.language_name or "the language")


def notices(issue: Issue) -> list[str]:
    """What stands at the top of the issue: who made and checked it, and whether it is thin; a sentence each."""
    if not issue.sections:
        return [QUIET]
    said = [issue.label] if issue.label else []
    seen = sum(is_seen(item) for item in issue.told)
    if issue.label and 0 < seen < len(issue.told):
        have = "has" if seen == 1 else "have"
        said.append(f"Of {_articles(len(issue.told))} told, {seen} {have} been seen by an editor")
    if issue.thin:
        told = len(issue.told)
        # What the editor dropped is missing by choice: the reader would take it for withheld.
        offered = issue.counts.articles - issue.counts.dropped_by_editor
        verb = "is" if told == 1 or offered == 1 else "are"
        said.append(f"A thin issue: {told or 'none'} of {_articles(offered)} {verb} told")
    return [f"{sentence}." if sentence[-1].isalnum() else sentence for sentence in said]


def imprint(issue: Issue) -> str:
    """All of it in one line, for formats that have only one: its size, the notices, and what is withheld and why."""
    return " ".join((f"{extent(issue)}.", *notices(issue), *withheld(issue)))


def disclosure(item: Item) -> str:
    """Who made the item and who checked it, what the summary is taken from, who translated; "" where nothing is told.

    Sentences, without the last full stop; a model's name comes last.
    """
    if not item.told:
        return ""
    return ". ".join(said for said in (item.label, coverage(item), _by_whom(item)) if said)


def coverage(item: Item) -> str:
    """What the summary is of: `Quotes 2 of the first 5 of 14 sentences`; "" for one that a machine did not make."""
    if not item.quoted or not item.length:
        return ""
    lead = f"the first {item.lead} of " if item.lead else ""
    if item.length == 1:
        return "Quotes its only sentence"
    return f"Quotes {item.quoted} of {lead}{item.length} sentences"


def _by_whom(item: Item) -> str:
    own = f"{' and '.join(item.edited).capitalize()} by an editor" if item.edited else ""
    if not item.is_machine_translated:
        return own
    source = f" from {item.language_name}" if item.language_name else ""
    some = f"{item.corrected} of {item.printed} sentences " if item.corrected < item.printed else ""
    corrected = f", {some}corrected by an editor," if item.corrected else ""
    others = " and ".join(dict.fromkeys(map(model_name, item.other_models)))
    single = f", single sentences by {others}" if others else ""
    # Its label has said already that it was a machine.
    verb = "translated" if item.label else "machine translated"
    said = f"{verb}{source}{corrected} by {model_name(item.model)}{single}"
    return f"{own}; {said}" if own else f"{said[0].upper()}{said[1:]}"


def editors_note(note: str) -> str:
    """The note of an item or of the issue, with whose it is; "" for none."""
    return f"Editor’s note: {note}" if note else ""


def model_name(identity: str) -> str:
    """The name a reader may look up, without the revision: `nllb-600m@f8d333a0` is `nllb-600m`."""
    return identity.partition("@")[0]


def caution(item: Item) -> str:
    """The one thing to be said against a told item, of its text or else its translation; "" where nothing is."""
    if not item.told:
        return ""
    kinds = {caveat.kind for caveat in item.warnings}
    return _of_reading(kinds - {*_MILD}) or _of_translation(item, kinds) or _of_reading(kinds & {*_MILD})


def _of_reading(kinds: Set[str]) -> str:
    return next((f"{said} {_CHECK}" for kind, said in OF_READING.items() if kind in kinds), "")


def _of_translation(item: Item, kinds: Set[str]) -> str:
    if not item.is_machine_translated:
        return ""
    for kind, words in OF_MODEL.items():
        if kind in kinds:
            return f"Draft: {words.one.format(model='the model', language=item.language_name)}. {_CHECK}"
    if item.draft:
        return f"Draft: {item.doubtful} of {item.sentences} sentences of the translation are in doubt. {_CHECK}"
    if not item.doubtful or item.doubtful < _NOTABLE * item.sentences:
        return ""
    verb = "is" if item.doubtful == 1 else "are"
    which = "it is not" if item.doubtful == 1 else "none of them is"
    return f"{item.doubtful} of {item.sentences} sentences of the translation {verb} in doubt; {which} printed here."


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
    by_editor = BY_EDITOR in methods
    methods = [method for method in methods if method != BY_EDITOR]
    if methods and all(method.partition("/")[0] == "extractive" for method in methods):
        but = ", unless it says that an editor wrote it," if by_editor else ""
        said.append(f"Each summary{but} consists of sentences taken from its article.")
    elif methods:
        said.append(f"Summaries were made by machine ({', '.join(methods)}).")
    said += withheld(issue)
    if issue.counts.left_out:
        said.append(f"Articles for which there was no room, and second copies, left out: {issue.counts.left_out}.")
    if issue.counts.without_english:
        said.append(f"Articles that could not be put into English: {issue.counts.without_english}.")
    if issue.silent:
        said.append(f"Usually here, and without anything new: {'; '.join(issue.silent)}.")
    if issue.alarms:
        said.append(f"For the desk, sources that may be broken: {'; '.join(issue.alarms)}.")
    return said


def withheld(issue: Issue) -> list[str]:
    """How many articles are not told although they came, and why; a sentence each."""
    said = []
    if issue.listed:
        reasons = Counter(item.reason for item in issue.listed)
        said_of = [(words, reasons[kind]) for kind, words in _WHY_LISTED.items() if reasons[kind]]
        why = "; ".join(f"{words} ({number})" if len(said_of) > 1 else words for words, number in said_of)
        said.append(f"Articles listed and not told: {len(issue.listed)}, because {why}.")
    if issue.counts.dropped:
        said.append(f"Articles left out because their translation is not reliable enough: {issue.counts.dropped}.")
    return said
