"""beehiiv: the issue as a draft post.

Source: developers.beehiiv.com/api-reference/posts (create, update, index). A post without a status is published at
once, so each has `draft`. Style sheets are removed from the HTML, which therefore has its styles at the elements.
beehiiv fills in `{{...}}`. Posts can be made by accounts of the plan Enterprise (beta).
"""

from __future__ import annotations

from pipeline.config import Config
from pipeline.config.services import Beehiiv as Settings
from pipeline.publish.means import Means
from pipeline.publish.services.api import Answered, Api, required
from pipeline.publish.services.content import Content
from pipeline.publish.services.drafts import Draft, DraftTarget

_OPENERS = ("{{", "{%", "{#")
_SITE = "https://app.beehiiv.com"


class Beehiiv:
    """One publication."""

    def __init__(self, settings: Settings, api: Api) -> None:
        self._settings = settings
        self._api = api
        self._posts = f"/publications/{settings.publication}/posts"

    def find(self, content: Content) -> Draft | None:
        query = [
            ("slugs[]", content.slug), ("status", "all"), ("order_by", "created"), ("direction", "desc"),
            ("limit", "100"),
        ]  # fmt: skip
        found = self._api.get(self._posts, query).objects("data")
        return next((self._draft(one, one.text("status")) for one in found if one.text("slug") == content.slug), None)

    def create(self, content: Content) -> Draft:
        template = self._settings.template
        post = {
            **self._post(content),
            "status": "draft",
            "web_settings": {"slug": content.slug},
            **({"post_template_id": template} if template else {}),
        }
        return self._draft(self._api.post(self._posts, post).at("data"), "draft")

    def update(self, draft: Draft, content: Content) -> Draft:
        # What is not named stays: a draft remains one.
        self._api.patch(f"{self._posts}/{draft.id}", self._post(content))
        return draft

    def _post(self, content: Content) -> dict[str, object]:
        return {
            "title": content.subject,
            "subtitle": content.preview,
            "body_content": content.fragment,
            "email_settings": {"email_subject_line": content.subject, "email_preview_text": content.preview},
        }

    def _draft(self, post: Answered, state: str) -> Draft:
        number = post.needed("id")
        url = f"{_SITE}/posts/{number.removeprefix('post_')}/edit"
        return Draft(id=number, url=url, state=state, is_draft=state == "draft")


def target(config: Config, means: Means) -> DraftTarget:
    """As `[publish.beehiiv]` says."""
    settings = config.publish.beehiiv

    def open_() -> Beehiiv:
        required("publish.beehiiv", publication=settings.publication)
        key = means.secret("publish.beehiiv.key_env", settings.key_env)
        api = Api(
            "beehiiv",
            settings.url,
            means,
            timeout=settings.timeout,
            headers=lambda: {"Authorization": f"Bearer {key.get_secret_value()}"},
            variable=settings.key_env,
            secrets=[key],
        )
        return Beehiiv(settings, api)

    place = f"draft post at beehiiv in the publication {settings.publication}"
    return DraftTarget(name="beehiiv", place=place, openers=_OPENERS, open=open_, means=means)
