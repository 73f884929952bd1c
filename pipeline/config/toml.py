"""A TOML file as a model: what is wrong with it is said with the file and the place."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from pipeline.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)

# Characters of a wrong value that a message repeats.
_SHOWN = 80
_SECRET = re.compile(r"(?:^|_)(?:passw(?:or)?d|pass|secret|token|key|credentials?|webhook)(?:$|_)", re.IGNORECASE)
# Names of variables, too, by host.
_LOGINS = "fetch.logins."
_WHERE = (
    "a secret is never a setting: put it into a variable of the environment, or into the file that publish.secrets"
    " names, and the name of the variable here"
)


def toml_values(path: Path) -> dict[str, Any]:
    """What a TOML file says.

    Raises:
        ConfigError: it cannot be read, or is no TOML: with the file, line and column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None


def checked(path: Path, values: dict[str, Any], model: type[Model]) -> Model:
    """The values of a TOML file as a `model`.

    Raises:
        ConfigError: with the file, the key and what is wrong, a line for each; an unknown key names the nearest valid
            one.
    """
    try:
        # JSON mode: arrays become tuples, everything else stays strict.
        return model.model_validate_json(json.dumps(values, default=str))
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(path, model, item) for item in error.errors())) from None


def _explain(path: Path, model: type[BaseModel], item: Any) -> str:
    key = ".".join(str(part) for part in item["loc"])
    if (key.endswith("_env") and item["type"] != "extra_forbidden") or key.startswith(_LOGINS):
        # What stands in the place of a name may be the secret.
        return f"{path}: {key}: is not the name of a variable, such as WORLDBRIEF_PASSWORD; {_WHERE}"
    if item["type"] == "extra_forbidden":
        known = _keys(model, item["loc"][:-1])
        advice = _nearest(str(item["loc"][-1]), known) or f"known keys: {', '.join(known)}"
        never = f"; {_WHERE}" if _SECRET.search(str(item["loc"][-1])) else ""
        return f"{path}: {key}: unknown key; {advice}{never}"
    got = repr(item["input"])
    if len(got) > _SHOWN:
        got = f"{got[:_SHOWN]}…"
    wrong = item["msg"].removeprefix("Value error, ")
    told = f"{path}: {key}: {wrong[:1].lower()}{wrong[1:]} (got {got})"
    words = re.findall(r"'(.+?)'", item["ctx"]["expected"]) if item["type"] == "literal_error" else []
    near = _nearest(str(item["input"]), words)
    return f"{told}; {near}" if near else told


def _nearest(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else ""


def _keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys of the section at a place: below a table of tables or in an array of them, of each."""
    found: Any = model
    for part in location:
        if get_origin(found) is None:
            found = found.model_fields[str(part)].annotation
        else:
            found = get_args(found)[0 if get_origin(found) is tuple else -1]
    return list(found.model_fields)
