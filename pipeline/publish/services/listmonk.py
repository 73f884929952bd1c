"""listmonk: the issue as a draft campaign.

Source: listmonk.app/docs/apis/campaigns and github.com/knadh/listmonk (cmd/campaigns.go, models/campaigns.go). A new
campaign is a draft, and stays one: only `PUT /campaigns/{id}/status` starts it, which is not called here. Subject and
bodies are Go templates, and an address that ends in `@TrackLink` becomes one.
"""

from __future__ import annotations

from pydantic import SecretStr

from pipeline.config import Config
from pipeline.config.services import Listmonk as Settings
from pipeline.publish.means import Means
from pipeline.publish.services.api import Answered, Api, basic, required
from pipeline.publish.services.content import Content
from pipeline.publish.services.drafts import Draft, DraftTarget

_OPENERS = ("{{", "@TrackLink")
# The most that one page of campaigns holds here; the newest come first.
_LOOKED_AT = 100


class Listmonk:
    """One installation."""

    def __init__(self, settings: Settings, api: Api) -> None:
        self._settings = settings
        self._api = api

    def find(self, content: Content) -> Draft | None:
        # The handler reads `tag`, the documentation says `tags`; which one an installation knows does not matter, since
        # what comes back is looked through.
        query = [
            ("tag", content.marker), ("tags", content.marker), ("order_by", "created_at"), ("order", "DESC"),
            ("per_page", str(_LOOKED_AT)), ("no_body", "true"),
        ]  # fmt: skip
        found = self._api.get("/api/campaigns", query).at("data").objects("results")
        return next((self._draft(one) for one in found if content.marker in one.texts("tags")), None)

    def create(self, content: Content) -> Draft:
        return self._draft(self._api.post("/api/campaigns", self._campaign(content)).at("data"))

    def update(self, draft: Draft, content: Content) -> Draft:
        return self._draft(self._api.put(f"/api/campaigns/{draft.id}", self._campaign(content)).at("data"))

    def _campaign(self, content: Content) -> dict[str, object]:
        settings = self._settings
        return {
            "name": content.subject[:200],
            "subject": content.subject,
            "lists": list(settings.lists),
            "type": "regular",
            "content_type": "html",
            "body": content.fragment,
            "altbody": content.text,
            "messenger": "email",
            "tags": [content.marker],
            **({"from_email": settings.sender} if settings.sender else {}),
            **({"template_id": settings.template} if settings.template else {}),
        }

    def _draft(self, campaign: Answered) -> Draft:
        state = campaign.text("status")
        number = campaign.needed("id")
        url = f"{self._settings.url.rstrip('/')}/admin/campaigns/{number}"
        return Draft(id=number, url=url, state=state, is_draft=state == "draft")


def target(config: Config, means: Means) -> DraftTarget:
    """As `[publish.listmonk]` says."""
    settings = config.publish.listmonk

    def open_() -> Listmonk:
        required("publish.listmonk", url=settings.url, username=settings.username, lists=settings.lists)
        token = means.secret("publish.listmonk.token_env", settings.token_env)
        authorization = basic(settings.username, token)
        api = Api(
            "listmonk",
            settings.url,
            means,
            timeout=settings.timeout,
            headers=lambda: {"Authorization": authorization},
            variable=settings.token_env,
            secrets=[token, SecretStr(authorization)],
        )
        return Listmonk(settings, api)

    lists = ", ".join(map(str, settings.lists))
    place = f"draft campaign at {settings.url} for the lists {lists}"
    return DraftTarget(name="listmonk", place=place, openers=_OPENERS, open=open_, means=means)
