"""What news pages say beside their news, in a language: a section of `data/<code>.toml`.

No page says its language for sure before it is read, so what all languages say is looked for in each: words must be
told from news by themselves. Each is a regular expression, whatever its case.
"""

from __future__ import annotations

from pipeline.language.section import Regex, Section

_Patterns = tuple[Regex, ...]


class Pages(Section):
    """Lines around an article; never the names of outlets."""

    related: _Patterns = ()
    """Above or before links to other articles: read more, most read, next."""
    sharing: _Patterns = ()
    """All that a line says: share, print, advertisement."""
    appeals: _Patterns = ()
    """How a line begins that asks its reader to subscribe, to follow or to click. The words alone are news too
    ("구독자 100만 명"), so each is that of an offer or a command."""
    members_only: _Patterns = ()
    """Anywhere in a line: the article is for those who pay."""
    notices: _Patterns = ()
    """Anywhere in a line: what a consent dialog says of cookies and partners, of itself and never of the news."""
    published_first: _Patterns = ()
    """The whole line with which a feed says where its text was first published, as WordPress writes it."""
    labels: _Patterns = ()
    """Before a colon: source, author, tags, newsletter."""
    credits: _Patterns = ()
    """Before a colon: what a picture is called in its credit."""
    caption_ends: _Patterns = ()
    """With what a caption ends that says who made the picture."""
    by: _Patterns = ()
    """Before the writer's name, where the line says no more."""
    author_labels: _Patterns = ()
    """Before a colon that the writers' names follow."""
    roles: _Patterns = ()
    """What a writer is, beside the name: reporter, correspondent."""
    desks: _Patterns = ()
    """All that stands in the writer's place, where no person is named: newsroom, administrator."""
    updated: _Patterns = ()
    """Before the date on which the page was changed."""
    issued: _Patterns = ()
    """Before the date on which it was published."""
    ago: _Patterns = ()
    """A span of time before now, where the Unicode locale data have no such words."""
    bylines: _Patterns = ()
    """The whole line of a byline where no word stands before the name; a group `name`."""
    rights: _Patterns = ()
    """Anywhere in a short line: all rights reserved."""
    rights_follow: _Patterns = ()
    """What follows the name of who claims the rights."""
    reporters: _Patterns = ()
    """Titles before a reporter's name in a dateline."""
    dateline_places: _Patterns = ()
    """Places after it."""
    reports: _Patterns = ()
    """How the dateline ends: a report, a wire, a photograph."""
    wires: _Patterns = ()
    """How one in square brackets ends."""
    editors: _Patterns = ()
    """Titles before an editor's name at the end of an article."""
    letters: _Patterns = ()
    """Anywhere in a line of a newsletter, in mail only: see it in a browser, why one gets it, unsubscribe."""
    forwards: _Patterns = ()
    """Before the colon of a subject: forwarded, reply."""
