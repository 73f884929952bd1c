"""A digest as the real stages make it, over a translator that says what stands here: no value in it is a sample's.

`pytest --update-golden` writes the files anew: read the diff.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.backends import Hypothesis
from pipeline.config import Config, Run
from pipeline.run import job
from tests.fakes import NoProgress, ScriptedModels, ScriptedTranslator

GOLDEN = Path(__file__).parents[1] / "golden" / "run"
KEPT = ("articles.jsonl", "issue.json", "digest.md")

# Source: what the translator makes of it. The first of each language is the headline.
KOREAN = {
    "시 의회, 오래된 다리를 닫기로": "City council to close its old bridge",
    "시 의회는 금요일에 강의 오래된 다리를 닫는다고 밝혔다.": "The city council said on Friday that it would"
    " close the old bridge over the river.",
    "기술자들은 여름에 돌 아치에서 금을 발견했다.": "Engineers found cracks in the stone arches in the summer.",
    "공사가 끝날 때까지 배가 자전거를 나른다.": "Boats will carry bicycles until the work is done.",
    "시민들은 이 계획을 환영했다.": "Citizens welcomed the plan.",
}
# The headline has a number that the original does not have; the second sentence becomes two.
CHINESE = {
    "港口罷工結束": "Strike at 40 ports ends",
    "碼頭工人星期一回到崗位，港口的罷工已經結束。": "Dock workers returned to their posts on Monday"
    " and the strike at the port is over.",
    "工會說工資會提高，公司說工作時間會縮短。": "The union said that wages would rise. The company said"
    " that working hours would fall.",
    "許多船隻還在海上等待卸貨。": "Many ships are still waiting at sea to be unloaded.",
}
# Nothing is said of it that may be printed.
JAPANESE = {
    "新しい図書館が開館": "the plan of " * 30,
    "町の新しい図書館が日曜日に開館し、多くの人が訪れた。": "the plan of " * 40,
    "子どものための部屋もあり、夜まで開いている。": "the plan of " * 35,
}
SWAHILI = {
    "Mvua kubwa zakata barabara": "Heavy rains cut a road",
    "Mvua kubwa zimekata barabara kuu ya kaskazini katika sehemu mbili, wakala wa barabara umesema.": "Heavy rains have"
    " cut the northern highway in two places, the roads agency said.",
    "Magari yanasubiri hadi kazi ya ukarabati imalizike na wasafiri wanalala njiani.": "Cars are waiting until the"
    " repair is done, and travellers sleep on the way.",
}
ENGLISH = {
    "Reservoirs fall to a third of capacity": "",
    "Reservoirs in the north have fallen to a third of capacity, the water authority said on Sunday.": "",
    "Two rainy seasons have failed, and many villages depend on tankers.": "",
}


def write(folder: Path, name: str, language: str, texts: dict[str, str], *front: str) -> None:
    title, *body = texts
    head = "\n".join(("---", f'title: "{title}"', f"language: {language}", *front, "---"))
    (folder / name).write_text(f"{head}\n" + "\n\n".join(body) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[job.Result, Path]:
    folder = tmp_path_factory.mktemp("run")
    news = folder / "news"
    news.mkdir()
    write(news, "bridge.txt", "ko", KOREAN, "date: 2026-02-03", "from: https://www.example.org/bridge")
    write(news, "port.txt", "zh-Hant", CHINESE, "date: 2026-02-02", "publisher: Harbour Post")
    write(news, "library.txt", "ja", JAPANESE, "date: 2026-02-01")
    write(news, "rain.txt", "sw", SWAHILI, "date: 2026-02-04", "from: https://example.org/mvua")
    write(news, "water.txt", "en", ENGLISH, "date: 2026-01-31")
    config = Config(run=Run(out=str(folder / "out"), cache=str(folder / "cache"), models=str(folder / "models")))
    answers: dict[str, Sequence[str | Hypothesis]] = {
        source: (english,) for texts in (KOREAN, JAPANESE, SWAHILI) for source, english in texts.items()
    }
    # Of these the model tells how sure it was.
    answers |= {source: (Hypothesis(english, -0.12, weakest=-0.5),) for source, english in CHINESE.items()}
    translator = ScriptedTranslator(answers)
    models = ScriptedModels(config, dict.fromkeys(("ko", "zh-Hant", "ja", "sw"), translator), unmeasured=("sw",))
    task = job.Job(config=config, issue="2026-02-04", started="now", paths=("news",))
    with pytest.MonkeyPatch.context() as patch:
        # The names of sources are those given, and are in the ids.
        patch.chdir(folder)
        return job.run(task, models, NoProgress()), folder / "out"


@pytest.mark.parametrize("name", KEPT)
def test_golden(name: str, made: tuple[job.Result, Path], request: pytest.FixtureRequest) -> None:
    written, path = (made[1] / name).read_bytes(), GOLDEN / name
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(written)
    assert written == path.read_bytes()


def test_counts(made: tuple[job.Result, Path]) -> None:
    report = made[0].report
    assert (report.articles, report.told, report.listed, report.dropped, report.drafts) == (5, 3, 2, 0, 1)
