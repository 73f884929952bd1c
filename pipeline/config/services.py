"""`[publish.<service>]`: services of newsletters that take an issue as a draft, and Slack."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.config.section import Positive, Section, Variable, how

_TIMEOUT = "seconds to wait for an answer"


class Listmonk(Section):
    """A draft campaign in listmonk."""

    url: str = how("", "address of the installation, `https://lists.example.org`")
    username: str = how("", "name of the API user")
    token_env: Variable = how("WORLDBRIEF_LISTMONK_TOKEN", "variable of the environment with the token of that user")
    lists: tuple[int, ...] = how((), "ids of the lists that the campaign is for")
    template: Annotated[int, Field(ge=0)] = how(0, "id of the campaign's template; 0 is the default one of listmonk")
    sender: str = how("", "From: of the campaign; empty means that of listmonk's settings")
    timeout: Positive = how(30, _TIMEOUT)


class Buttondown(Section):
    """A draft email in Buttondown."""

    url: str = how("https://api.buttondown.com/v1", "address of the API")
    key_env: Variable = how(
        "WORLDBRIEF_BUTTONDOWN_KEY", "variable of the environment with the API key of the newsletter"
    )
    timeout: Positive = how(30, _TIMEOUT)


class Ghost(Section):
    """A draft post in Ghost."""

    url: str = how("", "address of Ghost's administration without `/ghost`, `https://example.ghost.io`")
    key_env: Variable = how("WORLDBRIEF_GHOST_KEY", "variable of the environment with an Admin API key")
    tags: tuple[str, ...] = how((), "tags that a new post has")
    timeout: Positive = how(30, _TIMEOUT)


class Mailchimp(Section):
    """A draft campaign in Mailchimp."""

    url: str = how("", "address of the API; empty means that of the data centre which the key names")
    key_env: Variable = how("WORLDBRIEF_MAILCHIMP_KEY", "variable of the environment with an API key")
    audience: str = how("", "id of the audience that the campaign is for")
    from_name: str = how("", "sender's name; empty means that of `issue.email_from`")
    reply_to: str = how(
        "", "sender's address, of a domain verified at Mailchimp; empty means that of `issue.email_from`"
    )
    timeout: Positive = how(30, _TIMEOUT)


class Beehiiv(Section):
    """A draft post in beehiiv."""

    url: str = how("https://api.beehiiv.com/v2", "address of the API")
    key_env: Variable = how("WORLDBRIEF_BEEHIIV_KEY", "variable of the environment with an API key")
    publication: str = how("", "id of the publication, `pub_...`")
    template: str = how("", "id of the post template, `post_template_...`; empty means the default one")
    timeout: Positive = how(30, _TIMEOUT)


class Slack(Section):
    """One message in a Slack channel, seen at once."""

    channel: str = how("", "id of the channel a bot posts in, `C0123456789`; empty posts by the incoming webhook")
    webhook_env: Variable = how(
        "WORLDBRIEF_SLACK_WEBHOOK", "variable of the environment with the address of the incoming webhook"
    )
    token_env: Variable = how("WORLDBRIEF_SLACK_TOKEN", "variable of the environment with the bot token, `xoxb-...`")
    url: str = how("https://slack.com/api", "address of the API that the bot uses")
    timeout: Positive = how(30, _TIMEOUT)
