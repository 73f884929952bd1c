"""Nothing that is withheld stands in English in any format of the digest."""

from __future__ import annotations

import email
import io
from email import policy

import pytest

from pipeline.article import TranslationWarning
from pipeline.issue.render import FORMATS
from tests.issue.samples import article, render
from tests.issue.test_issue import issue_of

_SECRET = "Zyzzyva"
_DETAIL = f"“{_SECRET} met the ministers in…”"
LISTED = article(
    "listed.txt", language="ko", title="원문", english=f"{_SECRET} in the headline", text="원문.",
    quoted=(("원문.", f"{_SECRET} in the text."),), is_draft=True,
    warnings=(TranslationWarning(kind="low-confidence", paragraph=0, detail=_DETAIL),),
)  # fmt: skip
TOLD = article(
    "told.txt", language="vi", title="Tin", english="Port to double", text="Tin.", summary="It will.",
    doubted=(("Tin.", f"{_SECRET} in doubt.", "loop", _DETAIL),),
)  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_withheld_is_in_no_format(name: str) -> None:
    data = render(issue_of(LISTED, TOLD), name)
    if name == "email":
        parts = email.message_from_bytes(data, policy=policy.default).walk()
        text = "".join(part.get_content() for part in parts if not part.is_multipart())
    elif name == "parquet":
        import pyarrow.parquet as pq

        text = str(pq.read_table(io.BytesIO(data)).to_pylist())
    else:
        text = data.decode()
    assert "Port to double" in text
    assert _SECRET not in text
