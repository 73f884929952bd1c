"""A real run over input that is hostile in every field, and what it leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.issue.render import FORMATS
from pipeline.run import job
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator
from tests.hostile import STRINGS

ENGLISH = "The city council said on Friday that it would close the old bridge over the river"
KOREAN = "시 의회는 금요일에 강의 오래된 다리를 닫는다고 밝혔다"
# Articles in other languages, by the name that the model of the language gives itself.
MODELS = {
    "<script>pwned()</script>": ("zh-Hant", "碼頭工人星期一回到崗位，港口的罷工已經結束。許多船隻還在海上等待卸貨。"),
    "=cmd()": (
        "ja",
        "町の新しい図書館が日曜日に開館し、多くの人が訪れた。子どものための部屋もあり、夜まで開いている。",
    ),
    "\x1b]0;pwned\x07": (
        "ru",
        "Городской совет заявил в пятницу, что закроет старый мост через реку. Жители согласны.",
    ),
    "x\r\nBcc: pwned@pwned.invalid": (
        "ar",
        "قال مجلس المدينة يوم الجمعة إنه سيغلق الجسر القديم فوق النهر. ورحب السكان.",
    ),
}
FILES = (
    "=cmd()",
    "\x1b]0;pwned\x07",
    "<img src=x onerror=pwned()>",
    "{{ pwned }}\nrefused: x",
    "\u202epwned",
    "\x9b31m",
)


@dataclass(frozen=True, slots=True)
class Left:
    """What the run left."""

    result: job.Result
    folder: Path


def rows(hostile: str, number: int) -> list[dict[str, object]]:
    """An English and a Korean article with the string in every field of a table's row."""
    fields: dict[str, object] = {
        "author": [hostile, f"By {hostile}"],
        "publisher": hostile,
        "date": hostile if number % 3 else "2026-02-03",
        hostile: hostile,
    }
    english = f"{ENGLISH}. {hostile} was what one of {number} engineers said. {hostile}\n\nCitizens welcomed the plan."
    korean = f"{KOREAN}. {hostile} 시민들은 이 계획을 환영했다.\n\n{hostile} 공사가 끝날 때까지 배가 자전거를 나른다."
    return [
        {
            **fields,
            "title": f"{hostile} closes bridge {number}" if number % 2 else hostile,
            "text": english,
            "url": hostile,
            "language": hostile,
        },
        {
            **fields,
            "title": f"시 의회 {hostile}",
            "text": korean,
            "url": f"https://example.org/{number}/{hostile}",
            "language": "ko",
        },
    ]


def write(news: Path) -> None:
    """A table with every string, articles of the other languages, and files with hostile names, sound and broken."""
    news.mkdir()
    table = [json.dumps(row) for number, one in enumerate(STRINGS) for row in rows(one, number)]
    (news / "table.jsonl").write_text("\n".join(table) + "\n", encoding="ascii")
    for language, text in MODELS.values():
        (news / f"{language}.txt").write_text(f"{text[:30]}\n\n{text}\n\n{text[30:]}\n", encoding="utf-8")
    for number, name in enumerate(FILES):
        head = f'---\ntitle: "Bridge {number}"\nlanguage: en\n---\n'
        (news / f"{name}.txt").write_text(f"{head}{ENGLISH} {number}.\n\nCitizens welcomed it.\n", encoding="utf-8")
        (news / f"{name}.json").write_text("{broken", encoding="utf-8")


def run(folder: Path) -> Left:
    """The run over all of it; hostile settings, too."""
    write(folder / "news")
    translators = {language: ScriptedTranslator(identity=f"{name}@1") for name, (language, _) in MODELS.items()}
    config = Config.model_validate(
        {
            "run": {"out": str(folder / "out"), "cache": str(folder / "cache"), "models": str(folder / "models")},
            "issue": {
                "title": "<script>pwned()</script> {{ 7 * 191 }}\r\nBcc: x",
                "email_from": '"<script>pwned()</script> =?utf-8?q?=0D=0ABcc:_x?=" <desk@example.org>',
                "base_url": 'https://example.org/"><script>pwned()</script>',
                "formats": tuple(FORMATS),
                "drafts": "tell",
                "max_items": 1000,
            },
            "extract": {"min_characters": 1},
        }
    )
    models = ScriptedModels(config, {"ko": ScriptedTranslator(), **translators})
    task = job.Job(config=config, issue="2026-02-04", started="now", paths=("news",))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return Left(job.run(task, models, NoProgress()), folder / "out")
