"""The page of review in a real browser: read, decided on by keyboard, copied, saved."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipeline.overlay import file as overlay_file
from pipeline.overlay.overlay import Overlay
from pipeline.review import page as review
from tests.browser.chromium import DESKTOP, PHONE, VIEWS, Seen, View, opened
from tests.browser.test_look import violations
from tests.issue.samples import ARABIC, KOREAN, SAMPLE, SWAHILI, TRADITIONAL, VIETNAMESE, article
from tests.issue.test_hostile import PAYLOADS
from tests.review.folders import results_of
from tests.review.test_page import hostile

ISSUE = "2026-11-23"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return review.write(results_of(tmp_path, *SAMPLE))


@pytest.fixture
def seen(browser: Browser, file: Path) -> Iterator[Seen]:
    with opened(browser, file) as found:
        yield found
        assert found.mishaps == []


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go_to(page: Page, wanted: str) -> None:
    """With j, to the article of that id."""
    for _ in range(20):
        press(page, "j")
        if page.evaluate("document.activeElement.closest('.card')?.id") == f"a-{wanted}":
            return
    raise AssertionError(f"{wanted} is not reached")


def overlay_lines(page: Page) -> Overlay:
    """What the lines to copy say."""
    page.get_by_role("button", name="Look").click()
    text = page.locator("#lines").input_value()
    press(page, "Escape")
    return Overlay.model_validate_json(json.dumps(tomllib.loads(text)))


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_state_of_the_page_is_sound(view: View, browser: Browser, file: Path, packages: Path) -> None:
    with opened(browser, file, view) as seen:
        page = seen.page

        def is_sound() -> None:
            assert seen.run("layout") == []
            assert seen.run("languages") == []
            assert violations(seen, packages) == []

        is_sound()
        for card in page.locator(".open").all():
            if card.get_attribute("aria-expanded") == "false":
                card.click()
        is_sound()
        press(page, "n", "e")
        is_sound()
        press(page, "Escape", "n", "c", "e", "Escape", "k", "e")
        is_sound()
        press(page, "Escape", "?")
        is_sound()
        press(page, "Escape")
        page.get_by_role("button", name="Look").click()
        is_sound()
        assert seen.mishaps == []


def test_sources_that_may_be_broken_are_named(browser: Browser, tmp_path: Path) -> None:
    said = "東京新聞 <b>: silent for 9 days: its last news came on 2026-11-14; see whether it goes on [silent]"
    path = review.write(replace(results_of(tmp_path, *SAMPLE), alarms=(said,)))
    for view in VIEWS:
        with opened(browser, path, view) as seen:
            alarms = seen.page.locator("#alarms")
            assert alarms.locator("summary").inner_text() == "1 source may be broken"
            alarms.locator("summary").click()
            assert alarms.locator("li").inner_text() == said
            assert seen.run("layout") == []
            assert seen.run("languages") == []
            assert seen.mishaps == []


def test_an_original_stands_at_the_height_of_its_english(seen: Seen) -> None:
    go_to(seen.page, VIETNAMESE.id)
    rows = seen.page.locator(f"#a-{VIETNAMESE.id} .row")
    assert rows.count() == 3
    for row in rows.all():
        original, english = row.locator(".o").bounding_box(), row.locator(".e").bounding_box()
        assert original is not None
        assert english is not None
        assert original["y"] == english["y"]
        assert original["x"] + original["width"] <= english["x"]


def test_on_a_phone_the_english_stands_below(browser: Browser, file: Path) -> None:
    with opened(browser, file, PHONE) as seen:
        if not seen.page.locator(f"#a-{ARABIC.id} .row").count():
            seen.page.locator(f"#a-{ARABIC.id} .open").click()
        row = seen.page.locator(f"#a-{ARABIC.id} .row").first
        original, english = row.locator(".o").bounding_box(), row.locator(".e").bounding_box()
        assert original is not None
        assert english is not None
        assert original["y"] + original["height"] <= english["y"]
        assert row.locator(".o").get_attribute("dir") == "rtl"


def test_doubts_are_gone_through_and_settled_by_keyboard(seen: Seen) -> None:
    page = seen.page
    press(page, "n")
    first = page.evaluate("document.activeElement.id")
    assert page.locator(f"#{first} .doubts").is_visible()
    press(page, "n")
    second = page.evaluate("document.activeElement.id")
    assert second != first
    press(page, "N")
    assert page.evaluate("document.activeElement.id") == first
    press(page, "c")
    assert page.locator(f"#{first}").get_by_text("confirmed by you").is_visible()
    press(page, "n", "e")
    page.keyboard.type("In my words: ")
    press(page, "Enter")
    assert page.locator(f"#{second}").get_by_text("corrected by you").is_visible()
    overlay = overlay_lines(page)
    assert len(overlay.sentence) == 2
    assert overlay.sentence[1].english.startswith("In my words: ")
    press(page, "u", "u")
    assert page.locator(".row.decided").count() == 0


def test_a_withheld_article_is_saved(seen: Seen) -> None:
    page = seen.page
    page.get_by_role("button", name="Withheld").click()
    go_to(page, SWAHILI.id)
    press(page, "t")
    assert page.locator(f"#a-{SWAHILI.id}").get_by_text("Told by you").is_visible()
    edit = overlay_lines(page).of(ISSUE).article[SWAHILI.id]
    assert edit.tell
    assert edit.revision == SWAHILI.revision


def test_words_of_the_editor_s(seen: Seen) -> None:
    page = seen.page
    go_to(page, VIETNAMESE.id)
    press(page, "e", "Control+a")
    page.keyboard.type("Taipei and “Vilnius” \\ 'talk'")
    press(page, "Enter", "d", "p")
    edit = overlay_lines(page).of(ISSUE).article[VIETNAMESE.id]
    assert edit.headline == "Taipei and “Vilnius” \\ 'talk'"
    assert (edit.drop, edit.pin, edit.summary) == (True, True, "")
    assert page.locator(f"#a-{VIETNAMESE.id} h3").inner_text() == edit.headline
    press(page, "u", "u")
    assert overlay_lines(page).of(ISSUE).article[VIETNAMESE.id].drop is False


def test_a_sentence_is_quoted_in_the_summary(seen: Seen) -> None:
    page = seen.page
    go_to(page, KOREAN.id)
    press(page, "n", "q")
    page.locator(f"#a-{KOREAN.id}").get_by_role("button", name="Save", exact=True).click()
    assert overlay_lines(page).of(ISSUE).article[KOREAN.id].summary.endswith("joint laboratory for superconductors.")


def test_a_name_is_fixed_from_the_selected_words(seen: Seen) -> None:
    page = seen.page
    go_to(page, KOREAN.id)
    page.evaluate(
        "id => { const text = document.querySelector(`#a-${id} .o`); const range = document.createRange();"
        " const walker = document.createTreeWalker(text, 4); let node; while ((node = walker.nextNode()))"
        " { const at = node.data.indexOf('또럼'); if (at >= 0) { range.setStart(node, at); range.setEnd(node, at + 2);"
        " break; } } getSelection().removeAllRanges(); getSelection().addRange(range); }",
        KOREAN.id,
    )
    press(page, "f")
    page.keyboard.type("To Lam")
    page.get_by_role("button", name="Save the name").first.click()
    (name,) = overlay_lines(page).name
    assert (name.language, name.source, name.english) == ("ko", "또럼", "To Lam")


def test_order_note_and_sections(seen: Seen) -> None:
    page = seen.page
    before = page.locator(".card").count()
    go_to(page, VIETNAMESE.id)
    press(page, "e")
    page.locator(f"#a-{VIETNAMESE.id}").get_by_role("button", name="Move up").click()
    page.locator(f"#a-{VIETNAMESE.id}").get_by_role("button", name="Move down").click()
    page.get_by_text("The issue: note").click()
    page.locator("#issue-note").fill("Quiet day.")
    page.get_by_role("button", name="Save the note").click()
    edits = overlay_lines(page).of(ISSUE)
    assert edits.note == "Quiet day."
    assert VIETNAMESE.id in edits.order
    assert page.locator(".card").count() == before


def test_filters(seen: Seen) -> None:
    page = seen.page

    def shown() -> set[str | None]:
        return {card.get_attribute("id") for card in page.locator(".card").all()}

    page.locator("[data-key=filter-language]").select_option("ko")
    assert shown() == {f"a-{KOREAN.id}"}
    press(page, "Tab")
    page.locator("[data-key=filter-language]").select_option("")
    page.locator("#search").fill("SEMICONDUCTORS nowhere")
    assert page.get_by_text("No article is like that.").is_visible()
    page.locator("#search").fill("또럼")
    assert shown() == {f"a-{KOREAN.id}"}
    page.locator("#search").fill("")
    page.locator("[data-key=filter-topic]").select_option("Science and technology")
    assert f"a-{VIETNAMESE.id}" in shown()
    page.locator("[data-key=filter-topic]").select_option("")
    page.locator("[data-key=filter-sure]").select_option("high")
    assert page.get_by_text("No article is like that.").is_visible()
    page.get_by_role("button", name="Show all").click()
    assert len(shown()) == len(SAMPLE)


def test_decisions_outlive_the_window_and_are_copied(browser: Browser, file: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        go_to(page, TRADITIONAL.id)
        press(page, "d")
        page.reload()
        assert page.locator(f"#a-{TRADITIONAL.id}").get_by_text("Dropped by you").is_visible()
        page.get_by_role("button", name="Copy the commands").click()
        page.get_by_text("Copied.").wait_for()
        assert TRADITIONAL.id in page.evaluate("navigator.clipboard.readText()")
        page.get_by_role("button", name="Look").click()
        page.get_by_role("button", name="forget them here").click()
        page.reload()
        assert page.get_by_role("button", name="Look").count() == 0
    finally:
        context.close()


def test_the_commands_do_what_the_lines_say(seen: Seen, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen.page
    go_to(page, VIETNAMESE.id)
    press(page, "p", "e", "Control+a")
    page.keyboard.type("--drop 'it' \"now\" $HOME `id` \\ ; é")
    press(page, "Enter")
    go_to(page, TRADITIONAL.id)
    press(page, "d", "n", "c", "n", "e", "Control+a")
    page.keyboard.type("- a dash")
    press(page, "Enter")
    page.get_by_text("The issue: note").click()
    page.locator("#issue-note").fill("-- quiet 'day'")
    page.get_by_role("button", name="Save the note").click()
    wanted = overlay_lines(page)
    page.get_by_role("button", name="Look").click()
    commands = page.locator("#commands").input_value()
    monkeypatch.chdir(file.parent)
    (file.parent / "worldbrief.toml").write_text('[run]\nout = "."\n', encoding="utf-8")
    # As a shell takes them.
    script = f'worldbrief() {{ {shlex.quote(sys.executable)} -m pipeline "$@"; }}\nset -e\n{commands}\n'
    done = subprocess.run(
        ["sh", "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert overlay_file.read(file.parent / "overlay.toml") == wanted
    assert len(wanted.sentence) == 2
    assert wanted.of(ISSUE).article[VIETNAMESE.id].headline.startswith("--drop 'it'")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_an_article_lives(payload: str, browser: Browser, tmp_path: Path) -> None:
    payload = payload.encode(errors="ignore").decode()
    one = hostile(payload)
    overlay = tmp_path / "overlay.toml"
    overlay_file.edit_article(overlay, ISSUE, one.id, {"note": payload, "section": payload[:80], "headline": payload})
    overlay_file.edit_issue(overlay, ISSUE, {"note": payload, "sections": [payload]})
    overlay_file.put_name(overlay, "ko", payload, payload)
    overlay_file.put_sentence(overlay, "ko", payload, payload)
    file = review.write(results_of(tmp_path, one))
    with opened(browser, file, DESKTOP) as seen:
        press(seen.page, "j", "n", "c", "e", "Escape", "t", "d")
        assert seen.page.locator("main img, main svg, main script, main iframe, main style, main form").count() == 0
        for link in seen.page.locator("main a").all():
            assert str(link.get_attribute("href")).startswith("https://example.org/")
        seen.page.get_by_role("button", name="Look").click()
        commands = seen.page.locator("#commands").input_value()
        assert not {character for character in commands if character != "\n" and ord(character) < 32}
        assert all(line.startswith("worldbrief edit ") for line in commands.split("\n"))
        assert seen.mishaps == []


def test_a_long_issue_stays_quick_to_use(browser: Browser, tmp_path: Path) -> None:
    """More articles and sentences than are shown at once: what is left is said, and reached by keyboard."""
    doubted = tuple((f"Câu {n}.", f"Sentence {n}.", "too-short", "d") for n in range(450))
    long = article("0.txt", language="vi", title="Dài", english="Long", doubted=doubted, published="2026-01-01")
    many = [article(f"{n}.txt", title=f"News {n}", published="2025-01-01") for n in range(1, 450)]
    file = review.write(results_of(tmp_path, long, *many, max_items=1000))
    with opened(browser, file) as seen:
        page = seen.page
        assert page.locator(".card").count() == 200
        assert page.get_by_text("Show 200 more of 250 articles").is_visible()
        page.get_by_text("Show 200 more of 250 articles").click()
        assert page.locator(".card").count() == 400
        page.locator(f"#a-{long.id} .open").click()
        assert page.locator(f"#a-{long.id} .row").count() == 200
        press(page, *["n"] * 201)
        assert page.evaluate("document.activeElement.closest('.row').textContent").startswith("Câu 200.")
        assert seen.mishaps == []


def test_single_keys_can_be_turned_off(seen: Seen) -> None:
    press(seen.page, "j", "?")
    seen.page.get_by_label("Single keys act").uncheck()
    press(seen.page, "Escape", "d")
    assert seen.page.get_by_text("Dropped by you").count() == 0
    press(seen.page, "?")
    seen.page.get_by_label("Single keys act").check()
    press(seen.page, "Escape", "d")
    assert seen.page.get_by_text("Dropped by you").count() == 1


def test_on_paper_everything_shown_is_open(seen: Seen) -> None:
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert seen.page.locator(".row").count() > 12
    assert not seen.page.locator("#tools").is_visible()
