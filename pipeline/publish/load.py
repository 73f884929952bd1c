"""Which module holds which target; a target's libraries are loaded when it is used."""

from __future__ import annotations

import difflib
from importlib import import_module

from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.publish import Target
from pipeline.publish.means import Means

# Each has a function `target(config, means)`.
TARGETS: dict[str, str] = {
    "archive": "pipeline.publish.archive.archive",
    "beehiiv": "pipeline.publish.services.beehiiv",
    "buttondown": "pipeline.publish.services.buttondown",
    "ghost": "pipeline.publish.services.ghost",
    "listmonk": "pipeline.publish.services.listmonk",
    "mailchimp": "pipeline.publish.services.mailchimp",
    "slack": "pipeline.publish.services.slack",
    "smtp": "pipeline.publish.mail.smtp",
    "webhook": "pipeline.publish.webhook",
}


def load(name: str, config: Config, means: Means) -> Target:
    """The target of that name with the settings of `[publish.<name>]`.

    Raises:
        ConfigError: no such target.
    """
    if name not in TARGETS:
        near = difflib.get_close_matches(name, TARGETS, n=1, cutoff=0.5)
        advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(TARGETS)}"
        raise ConfigError(f"no target {name!r:.80}; {advice}")
    made: Target = import_module(TARGETS[name]).target(config, means)
    return made
