"""Buttondown: the issue as a draft email, in Markdown.

Source: docs.buttondown.com (api-emails-create, api-emails-update, api-filtering, editor-modes, using-templating) and
github.com/buttondown/openapi, MIT. An email without a status is sent at once, so each has `draft`. A comment at the
start of the body says that it is Markdown; without it Buttondown guesses, and it refuses a body that begins with `---`.
Subject and body are Django templates.
"""

from __future__ import annotations

import re

from pipeline.config import Config
from pipeline.publish.means import Means
from pipeline.publish.services.api import Answered, Api
from pipeline.publish.services.content import Content
from pipeline.publish.services.drafts import Draft, DraftTarget

_OPENERS = ("{{", "{%", "{#")
_MARKDOWN = "<!-- buttondown-editor-mode: plaintext -->\n"
_ESCAPED = re.compile(r"\\(\S)")
# Those of Markdown's first version (daringfireball.net/projects/markdown/syntax#backslash), all of which have stayed.
_ESCAPABLE = frozenset("\\`*_{}[]()#+-.!")
_SITE = "https://buttondown.com"
_MARKER = "worldbrief"
# Older versions of the API list only what was sent unless they are asked for the others by name.
_STATES = (
    "draft", "scheduled", "about_to_send", "in_flight", "paused", "throttled", "resending", "sent", "errored",
)  # fmt: skip
_PAGES = 5


def portable(markdown: str) -> str:
    """CommonMark in which a backslash stands before characters only that every dialect of Markdown lets it escape.

    Buttondown does not say which dialect it reads. To Python-Markdown `\\<` is a backslash and the beginning of a tag.
    """
    return _ESCAPED.sub(lambda match: match[0] if match[1] in _ESCAPABLE else f"&#{ord(match[1])};", markdown)


class Buttondown:
    """One newsletter; which, the key says."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def find(self, content: Content) -> Draft | None:
        for page in range(1, _PAGES + 1):
            query = [*(("status", state) for state in _STATES), ("ordering", "-creation_date"), ("page", str(page))]
            answer = self._api.get("/emails", query)
            for email in answer.objects("results"):
                if email.at("metadata").text(_MARKER) == content.marker:
                    return self._draft(email)
            if not answer.text("next"):
                break
        return None

    def create(self, content: Content) -> Draft:
        return self._draft(self._api.post("/emails", self._email(content) | {"slug": content.slug}))

    def update(self, draft: Draft, content: Content) -> Draft:
        return self._draft(self._api.patch(f"/emails/{draft.id}", self._email(content)))

    def _email(self, content: Content) -> dict[str, object]:
        return {
            "subject": content.subject,
            "body": _MARKDOWN + portable(content.markdown),
            "status": "draft",
            "description": content.preview,
            "metadata": {_MARKER: content.marker},
        }

    def _draft(self, email: Answered) -> Draft:
        state = email.text("status")
        number = email.needed("id")
        return Draft(id=number, url=f"{_SITE}/emails/{number}", state=state, is_draft=state == "draft")


def target(config: Config, means: Means) -> DraftTarget:
    """As `[publish.buttondown]` says."""
    settings = config.publish.buttondown

    def open_() -> Buttondown:
        key = means.secret("publish.buttondown.key_env", settings.key_env)
        api = Api(
            "buttondown",
            settings.url,
            means,
            timeout=settings.timeout,
            headers=lambda: {"Authorization": f"Token {key.get_secret_value()}"},
            variable=settings.key_env,
            secrets=[key],
        )
        return Buttondown(api)

    place = "draft email at Buttondown"
    return DraftTarget(name="buttondown", place=place, openers=_OPENERS, open=open_, means=means, needs_markdown=True)
