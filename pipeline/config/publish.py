"""`[publish]`: how an issue leaves the house, one section a target.

A secret is never a setting: the setting names the variable of the environment that holds it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pipeline.config.section import Positive, Section, Variable, how
from pipeline.config.services import Beehiiv, Buttondown, Ghost, Listmonk, Mailchimp, Slack


class Smtp(Section):
    """One mail for each recipient, through a mail server."""

    host: str = how("", "name of the mail server that takes the mail")
    port: Annotated[int, Field(ge=0, le=65535)] = how(0, "its port; 0 is the usual one: 587, with `tls` 465")
    security: Literal["starttls", "tls", "none"] = how(
        "starttls",
        "`starttls` or `tls` from the first byte, the certificate always checked; `none` for a server on this machine",
    )
    username: str = how("", "login; empty sends without one")
    password_env: Variable = how("WORLDBRIEF_SMTP_PASSWORD", "variable of the environment with the password")
    ca_file: str = how("", "PEM file with the authorities to trust; empty means those of the system")
    sender: str = how("", "address that bounces go to; empty means that of `issue.email_from`")
    recipients: str = how("", "file of recipients: one address a line, `#` begins a comment; or CSV with a header")
    column: str = how("email", "column of the addresses in a CSV file")
    unsubscribe: str = how(
        "",
        "List-Unsubscribe: of each mail, an https address or mailto:; `{recipient}` in it becomes the address of the"
        " reader; empty keeps what digest.eml has",
    )
    per_minute: Annotated[int, Field(ge=0)] = how(60, "mails a minute at most; 0 is without limit")
    per_connection: Positive = how(100, "mails before the connection is made anew")
    timeout: Positive = how(60, "seconds to wait for an answer")


class Archive(Section):
    """A folder that a web server can serve: every issue, an index, a feed, a search."""

    folder: str = how("", "folder of the archive")
    base_url: str = how("", "address that it is served under; empty means `issue.base_url`; the feed needs one")


class Webhook(Section):
    """The issue as signed JSON, posted to an address (Standard Webhooks)."""

    url: str = how("", "address to post to: https, or http on this machine")
    url_env: Variable = how(
        "", "variable of the environment with that address, where it is a secret; in place of `url`"
    )
    secret_env: Variable = how(
        "WORLDBRIEF_WEBHOOK_SECRET", "variable of the environment with the secret: `whsec_` and base64, or plain text"
    )
    timeout: Positive = how(30, "seconds to wait for an answer")
    attempts: Positive = how(5, "tries before it is left for the next `publish`")


class Publish(Section):
    """Sending an issue out."""

    require_approval: bool = how(
        True, "send only what `worldbrief approve` has seen as it is; false sends what the last run wrote"
    )
    targets: tuple[str, ...] = how((), "where `worldbrief publish` sends to when it names no target")
    secrets: str = how(
        "",
        "file with lines `NAME=value` for the variables that hold secrets, which nobody but its owner may read (mode"
        " 0600); what the environment has goes before it",
    )
    smtp: Smtp = Smtp()
    archive: Archive = Archive()
    webhook: Webhook = Webhook()
    listmonk: Listmonk = Listmonk()
    buttondown: Buttondown = Buttondown()
    ghost: Ghost = Ghost()
    mailchimp: Mailchimp = Mailchimp()
    beehiiv: Beehiiv = Beehiiv()
    slack: Slack = Slack()
