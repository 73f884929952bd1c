"""Mailchimp: the issue as a draft campaign.

Source: mailchimp.com/developer/marketing/api (campaigns, campaign-content, errors). A campaign that was made has the
status `save`, and is sent by `actions/send` only, which is not called here. Merge tags, `*|UNSUB|*`, are filled in
wherever they stand, also in addresses where they are percent-encoded; a campaign without that one cannot be sent.
"""

from __future__ import annotations

from pydantic import SecretStr

from pipeline.config import Config
from pipeline.config.services import Mailchimp as Settings
from pipeline.errors import ConfigError
from pipeline.issue.plain import line
from pipeline.publish.means import Means
from pipeline.publish.services.api import Answered, Api, basic, required
from pipeline.publish.services.content import Content
from pipeline.publish.services.drafts import Draft, DraftTarget

_OPENERS = ("*|", "*%7C", "*%7c")
_FOOTER = (
    '<p style="max-width: 600px; margin: 0 auto; padding: 0 20px 24px; color: #5d5850;'
    ' font: 13px/1.5 Helvetica, Arial, sans-serif;">*|LIST:ADDRESSLINE|*<br><a href="*|UNSUB|*">Unsubscribe</a></p>'
)
_TEXT_FOOTER = "\n*|LIST:ADDRESSLINE|*\nUnsubscribe: *|UNSUB|*\n"
_FIELDS = "campaigns.id,campaigns.web_id,campaigns.status,campaigns.settings.title"
# Longest subject that Mailchimp takes; of preview texts it shows no more.
_SUBJECT = 150


class Mailchimp:
    """One audience of one account."""

    def __init__(self, settings: Settings, api: Api, centre: str) -> None:
        self._settings = settings
        self._api = api
        self._centre = centre

    def find(self, content: Content) -> Draft | None:
        query = [
            ("list_id", self._settings.audience), ("sort_field", "create_time"), ("sort_dir", "DESC"),
            ("count", "1000"), ("fields", _FIELDS),
        ]  # fmt: skip
        found = self._api.get("/campaigns", query).objects("campaigns")
        return next((self._draft(one) for one in found if one.at("settings").text("title") == content.marker), None)

    def create(self, content: Content) -> Draft:
        campaign = {"type": "regular", **self._campaign(content)}
        return self._filled(self._draft(self._api.post("/campaigns", campaign)), content)

    def update(self, draft: Draft, content: Content) -> Draft:
        self._api.patch(f"/campaigns/{draft.id}", self._campaign(content))
        return self._filled(draft, content)

    def _filled(self, draft: Draft, content: Content) -> Draft:
        head, body, end = content.document.rpartition("</body>")
        filled = {"html": f"{head}{_FOOTER}{body}{end}", "plain_text": content.text + _TEXT_FOOTER}
        self._api.put(f"/campaigns/{draft.id}/content", filled)
        return draft

    def _campaign(self, content: Content) -> dict[str, object]:
        settings = self._settings
        return {
            "recipients": {"list_id": settings.audience},
            "settings": {
                "subject_line": line(content.subject, _SUBJECT),
                "preview_text": line(content.preview, _SUBJECT),
                "title": content.marker,
                "from_name": settings.from_name or content.sender.name or content.subject,
                "reply_to": settings.reply_to or content.sender.address,
            },
        }

    def _draft(self, campaign: Answered) -> Draft:
        state = campaign.text("status")
        url = f"https://{self._centre}.admin.mailchimp.com/campaigns/edit?id={campaign.text('web_id')}"
        return Draft(id=campaign.needed("id"), url=url, state=state, is_draft=state == "save")


def target(config: Config, means: Means) -> DraftTarget:
    """As `[publish.mailchimp]` says."""
    settings = config.publish.mailchimp

    def open_() -> Mailchimp:
        required("publish.mailchimp", audience=settings.audience)
        key = means.secret("publish.mailchimp.key_env", settings.key_env)
        centre = data_centre(settings.key_env, key)
        authorization = basic("worldbrief", key)
        api = Api(
            "mailchimp",
            settings.url or f"https://{centre}.api.mailchimp.com/3.0",
            means,
            timeout=settings.timeout,
            headers=lambda: {"Authorization": authorization},
            variable=settings.key_env,
            secrets=[key, SecretStr(authorization)],
        )
        return Mailchimp(settings, api, centre)

    place = f"draft campaign at Mailchimp for the audience {settings.audience}"
    return DraftTarget(name="mailchimp", place=place, openers=_OPENERS, open=open_, means=means)


def data_centre(variable: str, key: SecretStr) -> str:
    """The end of the key, such as us21, which is part of the address.

    Raises:
        ConfigError: the key has none.
    """
    centre = key.get_secret_value().rpartition("-")[2]
    if not (centre.isascii() and centre.isalnum() and len(centre) <= 10 and "-" in key.get_secret_value()):
        raise ConfigError(
            f"publish.mailchimp.key_env: the variable {variable} holds no API key; one ends in its data centre (-us21)"
        )
    return centre
