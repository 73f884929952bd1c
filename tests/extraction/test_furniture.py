import pytest

from pipeline.extraction.furniture import (
    byline,
    ends_article,
    is_appeal,
    is_caption,
    is_furniture,
    is_label,
    rights_holder,
    strip_dateline,
    strip_editor,
)
from pipeline.language.facts import facts, known


@pytest.mark.parametrize(
    ("paragraph", "text", "reporters"),
    [
        ("【大纪元2020年11月21日讯】（大纪元记者钟元台北报导）正文在此。", "正文在此。", ("钟元",)),
        ("（中央社記者陳家倫河內11日專電）正文。", "正文。", ("陳家倫",)),
        ("(中央社台北4日電)正文。", "正文。", ()),
        ("（記者歐陽小明無名地報導）正文。", "正文。", ()),
        ("（注）正文。", "（注）正文。", ()),
        ("【社論】正文。", "【社論】正文。", ()),
        ("Plain text.", "Plain text.", ()),
        ("（中央社台北4日電）", "（中央社台北4日電）", ()),
    ],
)
def test_datelines(paragraph: str, text: str, reporters: tuple[str, ...]) -> None:
    assert strip_dateline(paragraph) == (text, reporters)


def test_editor_credit_at_the_end() -> None:
    assert strip_editor("造福兩國人民。（編輯：陳惠珍）1120911") == "造福兩國人民。"
    assert strip_editor("這是（重要的）結論。") == "這是（重要的）結論。"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("이정국 기자 jkanglilee@naver.com", "이정국"),
        ("[산촌일보 김하늘 기자]", "김하늘"),
        ("By Ellen Tarbuck", "Ellen Tarbuck"),
        ("Von Jana Petersen", "Jana Petersen"),
        ("By Monday afternoon the water had gone", None),
        ("Por ahora no hay acuerdo", None),
        ("기자", None),
    ],
)
def test_bylines(line: str, name: str | None) -> None:
    assert byline(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：叶紫微",
        "Copyright gmvietnam Corp. All rights reserved.",
        "無断転載を禁じます",
        "Read more: Council to vote",
        "相關的文章",
        "分享到Facebook分享到LINE分享到Twitter",
        "Facebook | Twitter | WhatsApp",
        "Skip to main content",
        "Contact: desk@example.org",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The council will read more reports next week.",
        "Related industries grew as well, the ministry said.",
        "Sharing the prize were two chemists from Lyon.",
        "分享經濟正在改變城市的交通方式，專家說。",
        "Print sales fell by a tenth.",
        "Line 4 of the metro reopens on Friday.",
    ],
)
def test_prose_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Hai bên ký kết tại Đài Bắc. (Ảnh: Bộ Kinh tế)",
        "Người dân thử xe đạp sáng 7/6. Ảnh: Lê Minh",
        "老朽化した水道管（写真：県提供）",
        "Foto: Reuters",
        "▲ 신입생들이 손을 흔들고 있다.",
        "拜登抵達河內。中央社記者陳家倫河內攝 112年9月11日",
    ],
)
def test_captions(line: str) -> None:
    assert is_caption(line)


def test_caption_needs_a_credit() -> None:
    assert not is_caption("The picture (taken in 1990) hangs in the town hall.")
    assert not is_caption("他們一起拍攝了一部電影。")


def test_only_a_bare_heading_ends_the_article() -> None:
    assert ends_article("Related articles:")
    assert not ends_article("Read more: Council to vote")


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("© 全國大小事新聞網", "全國大小事新聞網"),
        ("Copyright gmvietnam Corp. All rights reserved.", "gmvietnam"),
        ("© 2024 Example News. All rights reserved", "Example News"),
        ("Copyright © 2019-2024 The Daily Star, Ltd.", "The Daily Star"),
        ("ⓒ 연합뉴스 무단 전재", "연합뉴스"),
        ("All rights reserved", None),
        ("© 2023", None),
        ("The court upheld the copyright", None),
    ],
)
def test_rights_holder(line: str, holder: str | None) -> None:
    assert rights_holder(line) == holder


@pytest.mark.parametrize("code", [code for code in known() if facts(code).pages.labels])
def test_labels_of_every_language(code: str) -> None:
    plain = [word for word in facts(code).pages.labels if word.replace(" ", "").isalpha()]
    assert all(is_label(f"{word}: dpa") and not is_label(f"{word} dpa") for word in plain)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Jetzt abonnieren und weiterlesen", True),
        ("구독하기", True),
        ("구독자 100만 명을 넘은 채널", False),
        ("You must be logged in to join the talk", True),
        ("Sie müssen angemeldet sein, um zu antworten", True),
        ("Debes iniciar sesión para comentar", True),
        ("Vous devez être connecté pour réagir", True),
        ("Devi effettuare il login per commentare", True),
        ("You must be patient, the ferryman said", False),
        ("Sie müssen im Herbst neu wählen", False),
    ],
)
def test_appeals(line: str, wanted: bool) -> None:
    assert is_appeal(line) == wanted
