"""One document in, the pieces of its article out: picks the reader and lets the source's own words win."""

from __future__ import annotations

from dataclasses import replace

from pipeline.article import MediaType, Metadata
from pipeline.extraction.certainty import dump_warnings
from pipeline.extraction.containers import Unpacked, markdown_to_html, unpack_json
from pipeline.extraction.dates import parse_date
from pipeline.extraction.decode import decode
from pipeline.extraction.dump import looks_like_dump, read_dump, read_plain
from pipeline.extraction.frontmatter import split_front_matter
from pipeline.extraction.furniture import strip_dateline, strip_editor
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import has_markup, plain_text, resolved
from pipeline.extraction.writers import writers
from pipeline.text.hygiene import clean_line
from pipeline.text.prose import ends_sentence
from pipeline.urls import web_url

# A headline made of the first sentence is cut here.
_TITLE_LENGTH = 120
# No page is longer; a longer text is a book or a log and is not worth the search.
_LONGEST_DUMP = 1_000_000


def read(data: bytes, media_type: MediaType, metadata: Metadata) -> Parts:
    """The article in `data`. What `metadata` says wins over what the document says of itself.

    Raises:
        Refused: empty, binary or undecodable bytes, a mail without text.
        ArticleError: broken front matter or JSON.
    """
    given = _given(metadata)
    inside = _unpack(data, media_type)
    known = given.over(inside.parts)
    found = _read_html(inside.text, known) if inside.html else _read_text(inside.text, known)
    if metadata.published and not given.published and found.language:
        # A month by its name may be another one in another language.
        known = replace(known, published=parse_date(metadata.published, language=found.language) or known.published)
    if media_type == "message/rfc822":
        from pipeline.extraction.mail import letter

        found = replace(found, paragraphs=letter(found.paragraphs))
    return _finish(_settled(known.over(found), known))


def _settled(parts: Parts, known: Parts) -> Parts:
    """Without doubts about what the source says itself."""
    said = {"date-uncertain": known.published, "writers-uncertain": known.authors}
    return replace(parts, warnings=tuple(doubt for doubt in parts.warnings if not said.get(doubt.kind)))


def _given(metadata: Metadata) -> Parts:
    return Parts(
        title=plain_text(metadata.title) or None if metadata.title else None,
        url=web_url(metadata.url),
        published=parse_date(metadata.published, language=metadata.language) if metadata.published else None,
        authors=tuple(name for author in metadata.authors if (name := plain_text(author))),
        publisher=plain_text(metadata.publisher) or None if metadata.publisher else None,
        language=clean_line(metadata.language) or None if metadata.language else None,
    )


def _unpack(data: bytes, media_type: MediaType) -> Unpacked:
    if media_type == "message/rfc822":
        from pipeline.extraction.mail import read_mail, without_notes

        mail = read_mail(data)
        return Unpacked(mail.parts, without_notes(mail.text) if mail.html else mail.text, mail.html)
    decoded = decode(data, html=media_type in ("text/html", "text/plain"))
    inside = _unpack_text(decoded.text, media_type)
    return replace(inside, parts=inside.parts.over(Parts(warnings=decoded.warnings)))


def _unpack_text(text: str, media_type: MediaType) -> Unpacked:
    if media_type == "application/json":
        return unpack_json(text)
    if media_type == "text/html":
        return Unpacked(Parts(), text, True)
    front, rest = split_front_matter(text)
    if front is None and media_type == "text/plain":
        text = resolved(text)
        return Unpacked(Parts(), text, has_markup(text))
    # Static-site generators keep Markdown under front matter, with HTML in it where the author wanted it.
    if media_type == "text/markdown" or has_markup(rest):
        return Unpacked(front or Parts(), markdown_to_html(rest), True)
    return Unpacked(front or Parts(), rest, False)


def _read_html(text: str, known: Parts) -> Parts:
    from pipeline.extraction.html import read_html

    return read_html(text, title=known.title, url=known.url)


def _read_text(text: str, known: Parts) -> Parts:
    """Plain text: as it is, unless it is clearly a dump of a page."""
    if len(text) <= _LONGEST_DUMP and looks_like_dump(text, titled=known.title is not None):
        found = read_dump(text, title=known.title, language=known.language)
        if found.paragraphs:
            doubts = dump_warnings(text, known.title or found.title, found.paragraphs)
            return replace(found, warnings=(*found.warnings, *doubts))
    return read_plain(text, titled=known.title is not None)


def _finish(parts: Parts) -> Parts:
    """Every text clean; a dateline's reporter among the authors; a title in any case."""
    lines = [clean_line(paragraph) for paragraph in parts.paragraphs]
    authors = writers(parts.authors, filter(None, [parts.publisher]))
    if lines:
        lines[0], reporters = strip_dateline(lines[0])
        authors = authors or reporters
    lines = [line for paragraph in lines if (line := strip_editor(paragraph))]
    # A name over the text, as pages laid out with tables have it, is the outlet's and no paragraph.
    if parts.publisher and lines and lines[0].casefold() == clean_line(parts.publisher).casefold():
        del lines[0]
    title = clean_line(parts.title or "") or _first_sentence(lines)
    return replace(parts, title=title, paragraphs=tuple(lines), authors=authors)


def _first_sentence(lines: list[str]) -> str:
    if not lines:
        return ""
    words = lines[0]
    for index, character in enumerate(words[:_TITLE_LENGTH]):
        end = words[: index + 1]
        follows = words[index + 1 : index + 2]
        if ends_sentence(end) and index > 20 and (not follows.strip() or character in "。！？।"):
            return end
    if len(words) <= _TITLE_LENGTH:
        return words
    return words[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"
