"""What the page sends: decisions, checked one by one before any of them is written to the overlay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pipeline.errors import ConfigError
from pipeline.overlay import file

_MOST = 2000
_Short = Annotated[str, Field(max_length=300)]
_Long = Annotated[str, Field(max_length=4000)]
_Language = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,35}$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _ArticleChanges(_Model):
    revision: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    drop: bool | None = None
    tell: bool | None = None
    pin: bool | None = None
    section: _Short | None = None
    headline: _Short | None = None
    summary: _Long | None = None
    note: _Long | None = None


class _IssueChanges(_Model):
    note: _Long | None = None
    order: Annotated[list[_Short], Field(max_length=_MOST)] | None = None
    sections: Annotated[list[_Short], Field(max_length=_MOST)] | None = None


class _ArticleDecision(_Model):
    kind: Literal["article"]
    article: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    changes: _ArticleChanges


class _IssueDecision(_Model):
    kind: Literal["issue"]
    changes: _IssueChanges


class _NameDecision(_Model):
    kind: Literal["name"]
    language: _Language
    source: _Short
    english: _Short


class _SentenceDecision(_Model):
    kind: Literal["sentence"]
    language: _Language
    source: Annotated[str, Field(max_length=20_000)]
    english: _Long


Decision = Annotated[_ArticleDecision | _IssueDecision | _NameDecision | _SentenceDecision, Field(discriminator="kind")]


class _Sent(_Model):
    issue: str
    decisions: Annotated[list[Decision], Field(max_length=_MOST)]


_SENT: TypeAdapter[_Sent] = TypeAdapter(_Sent)


def save(body: bytes, issue_id: str, overlay: Path) -> int:
    """Write what the page sent to the overlay; the number of decisions.

    Raises:
        ConfigError: it is not what the page sends, or of another issue: nothing was written; or the overlay is wrong.
        WorldbriefError: the overlay cannot be written.
    """
    try:
        sent = _SENT.validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ConfigError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}; nothing was saved") from None
    if sent.issue != issue_id:
        raise ConfigError(f"the folder holds issue {issue_id} now; load the page anew, nothing was saved")
    for decision in sent.decisions:
        match decision:
            case _ArticleDecision():
                changes = decision.changes.model_dump(exclude_none=True)
                file.edit_article(overlay, issue_id, decision.article, changes)
            case _IssueDecision():
                file.edit_issue(overlay, issue_id, decision.changes.model_dump(exclude_none=True))
            case _NameDecision():
                file.put_name(overlay, decision.language, decision.source, decision.english)
            case _SentenceDecision():
                file.put_sentence(overlay, decision.language, decision.source, decision.english)
    return len(sent.decisions)
