"""`registry.toml`: every model worldbrief knows, what it is good for and where it can be had."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError, model_validator

from pipeline.errors import ConfigError
from pipeline.language import codes
from pipeline.models.entry import PLACEHOLDER, Entry, Part, known_language, nearest


class Registry(Part):
    """All entries; routing by score."""

    format: Literal[1]
    model: tuple[Entry, ...]

    @model_validator(mode="after")
    def _unique(self) -> Registry:
        names = [entry.name for entry in self.model]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"two entries are named {', '.join(sorted(twice))}")
        return self

    def candidates(self, language: str) -> list[Entry]:
        """Translators into English that read a language, the best first; none for English and undetermined text.

        Raises:
            ConfigError: no language known here.
        """
        if known_language(language) in ("en", codes.UNKNOWN):
            return []
        own = {entry.name for entry in self.model}
        found = [
            member
            for entry in self.model
            if entry.task == "translate" and entry.target == "en" and entry.reads(language)
            for member in entry.members(language)
            # An entry of its own says more than the family does: it stands in for the member of that name.
            if member is entry or member.name not in own
        ]
        return sorted(found, key=lambda entry: -entry.score(language)[0])

    def supporting(self) -> list[Entry]:
        """The models that every run uses, whatever the language."""
        return [entry for entry in self.model if entry.task in ("embed", "entities")]

    def dictionaries(self, language: str) -> list[Entry]:
        """The dictionaries of a language that are installed, not carried; none for English and undetermined text.

        Raises:
            ConfigError: no language known here.
        """
        return self._of_language("dictionary", language)

    def adequacy(self, language: str) -> list[Entry]:
        """The models whose vectors tell whether an English sentence says what one in this language says, the best
        first; none for English, undetermined text and languages that no model was good enough for.

        Raises:
            ConfigError: no language known here.
        """
        return self._of_language("adequacy", language)

    def comparing(self, codes: Iterable[str], *, commercial_only: bool = False) -> list[Entry]:
        """The best model of `adequacy` for each language, each once.

        Raises:
            ConfigError: no language known here.
        """
        found: dict[str, Entry] = {}
        for code in codes:
            allowed = (entry for entry in self.adequacy(code) if entry.commercial or not commercial_only)
            found |= {entry.name: entry for entry in islice(allowed, 1)}
        return list(found.values())

    def _of_language(self, task: str, language: str) -> list[Entry]:
        if known_language(language) in ("en", codes.UNKNOWN):
            return []
        return [entry for entry in self.model if entry.task == task and entry.reads(language)]

    def find(self, name: str) -> Entry | None:
        """The entry or family member of a name."""
        for entry in self.model:
            if entry.name == name:
                return entry
        for entry in self.model:
            before, _, after = entry.name.partition(PLACEHOLDER)
            if PLACEHOLDER in entry.name and name.startswith(before) and name.endswith(after):
                code = name[len(before) : len(name) - len(after)]
                if codes.normalise(code) != codes.UNKNOWN:
                    return next((member for member in entry.members(code) if member.name == name), None)
        return None

    def named(self, name: str, key: str = "") -> Entry:
        """The entry or family member that a user named.

        Args:
            key: where it was named, put before the message.

        Raises:
            ConfigError: there is none; the message names the nearest.
        """
        entry = self.find(name)
        if entry is None or PLACEHOLDER in name:
            raise ConfigError(f"{key}no model {name!r}; {nearest(name, [entry.name for entry in self.model])}")
        return entry


def parse(text: str) -> Registry:
    """Read the text of a registry file.

    Raises:
        ConfigError: not TOML, or an entry is wrong; the message names it.
    """
    try:
        return TypeAdapter(Registry).validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"registry.toml is not valid TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"registry.toml: {where}: {first['msg']}") from None


@cache
def load() -> Registry:
    """The registry that comes with worldbrief: beside this module when installed, in `models/` of a checkout.

    Raises:
        ConfigError: it is missing or wrong.
    """
    return parse(location().read_text(encoding="utf-8"))


def location() -> Path:
    """The file that `load` reads.

    Raises:
        ConfigError: it is missing.
    """
    here = Path(__file__).parent
    for path in (here / "registry.toml", here.parents[1] / "models" / "registry.toml"):
        if path.is_file():
            return path
    raise ConfigError("registry.toml is missing: this installation of worldbrief is not complete")
