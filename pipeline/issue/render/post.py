"""post.md: Markdown with YAML front matter, for Hugo, Jekyll and Eleventy.

These tools look for their own tags before or after they read the Markdown (`{{<` in Hugo, `{%` and `{{` in Jekyll and
Eleventy), and their dialects of Markdown do not agree on what a backslash escapes (kramdown: not `&`, `~` and `%`). So
what they could take for a tag stands as a character reference, which all of them show as the character.
"""

from __future__ import annotations

import re

import yaml

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue
from pipeline.issue.render.markdown import body
from pipeline.issue.wording import extent

# An escape of our Markdown, or a brace, which it leaves as it is. In addresses there is neither.
_TO_REFER_TO = re.compile(r"\\([&~<>|$])|([{}])")
_ANGLES = str.maketrans("<>", "‹›")


def render(issue: Issue, channels: Channels) -> str:
    """The digest as a page of such a site: its heading is the `title` of the front matter, which the theme prints.

    Two keys keep Jekyll (4 or later) and Eleventy from looking for tags at all.
    """
    topics = dict.fromkeys(topic.label for item in issue.told for topic in item.topics)
    front = {
        "title": _scalar(f"{issue.title}, {issue.date}"),
        "date": issue.date,
        "description": _scalar(extent(issue)),
        "tags": "".join(f"\n  - {_scalar(topic)}" for topic in topics) or "[]",
        "lang": "en",
        "render_with_liquid": "false",
        "templateEngineOverride": "md",
    }
    lines = "\n".join(f"{key}: {value}" for key, value in front.items()).replace(": \n", ":\n")
    return f"---\n{lines}\n---\n\n{_referred(body(issue))}"


def _referred(markdown: str) -> str:
    return _TO_REFER_TO.sub(lambda match: f"&#{ord(match[1] or match[2])};", markdown)


def _scalar(text: str) -> str:
    """The text as a quoted YAML string on one line.

    Angle brackets become guillemets: many themes print a title or tag without escaping it.
    """
    return yaml.safe_dump(text.translate(_ANGLES), default_style='"', allow_unicode=True, width=10**9).strip()
