"""What a target works with beside its settings: the environment for secrets, clock and pause, and what a person asked.

Tests put their own in.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pydantic import SecretStr

from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    """Variables that hold secrets; see `secrets.environment`."""
    now: Callable[[], float] = time.time
    """Seconds since 1970."""
    sleep: Callable[[float], None] = time.sleep
    say: Callable[[str], None] = lambda text: None
    """Shows a line about what goes on and takes long."""
    resend: frozenset[str] = frozenset()
    """Recipients of whom it is not known whether they have it, and who are to be sent it again; "all" means all."""
    again: bool = False
    """Whether it is sent also where it was refused, where an earlier text of it was mailed, and once more where a draft
    or an event of it was made."""

    def secret(self, setting: str, variable: str) -> SecretStr:
        """The secret in a variable of the environment; it shows itself to nobody who does not ask for it.

        Args:
            setting: the key that names the variable, for the message.

        Raises:
            ConfigError: there is none, or it has a control character in it.
        """
        value = self.environment.get(variable, "").strip() if variable else ""
        if not value:
            raise ConfigError(
                f"{setting}: the variable {variable or '(no name)'} of the environment is empty or not set; "
                "put the secret there, or into the file that publish.secrets names, never into the settings"
            )
        if not value.isprintable():
            # In a header of a request it would begin another, and the error would repeat it.
            raise ConfigError(f"{setting}: the variable {variable} holds a line break or another control character")
        return SecretStr(value)
