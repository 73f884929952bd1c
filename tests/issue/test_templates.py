"""Templates of the user's: over the package's, told where they are wrong, and able to do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import IssueSection
from pipeline.errors import ConfigError, WorldbriefError
from pipeline.issue.channels import Channels, channels_of
from pipeline.issue.render import FORMATS, check
from pipeline.issue.render.templating import FILTERS, FUNCTIONS, PACKAGED, TEMPLATES, export
from tests.docs.markdown import Document, rows, ticked
from tests.issue.samples import CHANNELS, SAMPLE, article, render
from tests.issue.test_hostile import PAYLOADS, Outline, parts
from tests.issue.test_issue import issue_of

ISSUE = issue_of(*SAMPLE)


def with_templates(folder: Path, **texts: str) -> Channels:
    """Channels with a folder of templates: `digest_html="..."` is digest.html."""
    for name, text in texts.items():
        (folder / name.replace("_html", ".html").replace("_css", ".css")).write_text(text, encoding="utf-8")
    return channels_of(IssueSection(templates=str(folder)))


def page(channels: Channels) -> str:
    return render(ISSUE, "html", channels).decode()


def checked_page(channels: Channels) -> str:
    check(channels)
    return page(channels)


def test_the_package_has_the_templates_that_are_named() -> None:
    assert {path.name for path in PACKAGED.iterdir()} == set(TEMPLATES)


def test_exported_templates_give_the_same_digest(tmp_path: Path) -> None:
    paths = export(tmp_path / "mine")
    assert sorted(path.name for path in paths) == sorted(TEMPLATES)
    channels = with_templates(tmp_path / "mine")
    check(channels)
    for name in FORMATS:
        assert render(ISSUE, name, channels) == render(ISSUE, name, channels_of(IssueSection()))


def test_export_overwrites_nothing_unasked(tmp_path: Path) -> None:
    (tmp_path / "digest.css").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"digest\.css: there already; --force"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["digest.css"]
    export(tmp_path, force=True)
    assert (tmp_path / "digest.css").read_bytes() == (PACKAGED / "digest.css").read_bytes()


def test_export_to_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorldbriefError, match="cannot be written"):
        export(tmp_path / "file")


def test_only_the_files_that_are_there_replace(tmp_path: Path) -> None:
    channels = with_templates(tmp_path, digest_css="p { color: red }")
    check(channels)
    assert "p { color: red }" in page(channels)
    assert "52rem" not in page(channels)
    assert ISSUE.items[0].headline in page(channels)
    assert render(ISSUE, "email", channels) == render(ISSUE, "email", channels_of(IssueSection()))


def test_the_styles_of_the_mail_can_be_replaced(tmp_path: Path) -> None:
    channels = with_templates(
        tmp_path, email_css="h1 { color: #123456 }", **{"email-dark_css": "@media print { h1 { color: #654321 } }"}
    )
    check(channels)
    _, _, html = parts(ISSUE, channels)
    assert '<h1 style="color: #123456' in html
    assert "#654321" in html


def test_the_entries_of_feeds_can_be_replaced(tmp_path: Path) -> None:
    channels = with_templates(tmp_path, entry_html="<p>{{ item.headline }} only</p>")
    check(channels)
    for name in ("atom", "rss", "jsonfeed"):
        assert "only</p>" in render(ISSUE, name, channels).decode().replace("&lt;", "<").replace("&gt;", ">")


def test_a_template_extends_the_one_it_replaces(tmp_path: Path) -> None:
    footer = "{% block footer %}<footer>Imprint of {{ issue.title }}</footer>{% endblock %}"
    text = '{% extends "original/digest.html" %}' + footer
    channels = with_templates(tmp_path, digest_html=text)
    check(channels)
    assert "<footer>Imprint of World Brief</footer>" in page(channels)
    assert ISSUE.items[0].headline in page(channels)


def test_parts_of_its_own(tmp_path: Path) -> None:
    channels = with_templates(tmp_path, digest_html='{% include "logo.html" %}')
    (tmp_path / "logo.html").write_text("<b>{{ issue.title }}</b>", encoding="utf-8")
    check(channels)
    assert page(channels) == "<b>World Brief</b>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{% if issue %}", r"digest\.html, line 2: Unexpected end of template"),
        ("\n\n{{ issue.title", r"digest\.html, line 3: "),
        ("{{ isue.title }}", r"digest\.html, line 1: 'isue' is not known there; known are .*issue"),
        ("\n{{ item.headline }}", r"digest\.html, line 2: 'item' is not known there"),
        ("\n{{ issue.title | nofilter }}", r"digest\.html, line 2: No filter named 'nofilter'"),
        ("\n{{ issue.title | safe }}", r"digest\.html, line 2: No filter named 'safe'"),
        ("{% autoescape false %}{{ issue.title }}{% endautoescape %}", r"line 1: escaping cannot be changed"),
    ],
)
def test_what_is_broken_is_told_before_the_run(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        check(with_templates(tmp_path, digest_html=text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{{ issue.titel }}", r"digest\.html, line 2: .*no attribute 'titel'"),
        ("{% for item in issue.items %}\n{{ item.headlin }}{% endfor %}", r"digest\.html, line 2: .*'headlin'"),
        ("\n\n{{ 1 // 0 }}", r"digest\.html, line 3: .*by zero"),
        ("{{ long_date }}", r"line 1: 'long_date' is"),
        ("\n{{ issue.__class__.__mro__ }}", r"digest\.html, line 2: access to attribute '__class__'.*is unsafe"),
        ("\n{{ caution.__globals__ }}", r"digest\.html, line 2: access to attribute '__globals__'.*is unsafe"),
        ("{{ issue.sections.__getitem__(0) }}", r"line 1: access to attribute"),
        ("{{ ''.format.__self__ }}", r"line 1: .* has no attribute '__self__'"),
        ("{% for n in range(999999999) %}{% endfor %}", r"line 1: Range too big"),
        ('\n{% include "/etc/passwd" %}', r"digest\.html, line 2: no template /etc/passwd"),
        ('\n{% include "../secret.html" %}', r"digest\.html, line 2: no template \.\./secret\.html"),
        ('{% include "link.html" %}', r"line 1: no template link\.html"),
        ('{% include "broken.html" %}', r"broken\.html, line 2: "),
    ],
)
def test_what_goes_wrong_while_rendering_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    (folder / "broken.html").write_text("\n{% nothing %}", encoding="utf-8")
    channels = with_templates(folder, digest_html=text)
    with pytest.raises(ConfigError, match=message):
        checked_page(channels)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(ConfigError, match=r"issue\.templates: .* no folder with one of the templates digest\.html"):
            check(channels_of(IssueSection(templates=str(folder))))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "digest.css").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"digest\.css: is not UTF-8"):
        check(with_templates(tmp_path))
    (tmp_path / "digest.css").unlink()
    (tmp_path / "digest.css").symlink_to("/etc/hostname")
    with pytest.raises(ConfigError, match=r"digest\.css: leads out of the folder"):
        check(with_templates(tmp_path))
    (tmp_path / "digest.css").unlink()
    (tmp_path / "digest.css").mkdir()
    with pytest.raises(ConfigError, match=r"digest\.css: cannot be read: Is a directory"):
        check(with_templates(tmp_path))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_stands_in_an_article_stays_text(tmp_path: Path, payload: str) -> None:
    """Filters that give markup, parts, macros, blocks: whatever a template does with a text."""
    text = (
        "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}"
        "{% for item in issue.items %}{% set kept %}{{ item.headline }}{% endset %}"
        "{{ bold(item.headline) }}<i>{{ kept }}</i><u title='{{ item.headline }}'>"
        "{{ ('<s>%s</s>' | format(item.headline)) }}{{ item.headline | replace('a', '<') | upper }}</u>"
        "{% filter upper %}{{ item.headline }}{% endfilter %}{{ [item.headline, '<hr>'] | join('<br>') }}"
        "{{ item.headline | e | string }}{{ item.headline ~ '<p>' }}<script>{{ item.headline | tojson }}</script>"
        "{% endfor %}"
    )
    channels = with_templates(tmp_path, digest_html=text)
    check(channels)
    html = render(issue_of(article("a", title=payload.encode(errors="ignore").decode())), "html", channels).decode()
    assert [element[0] for element in Outline(html).elements] == ["b", "i", "u", "script"]


def test_the_reference_has_all_that_a_template_may_use() -> None:
    text = Document("pipeline/issue/README.md").section("## Templates")
    assert {ticked(cells[0])[0]: frozenset(ticked(cells[1])) for cells in rows(text, "template")} == TEMPLATES
    assert {name for cells in rows(text, "name") for name in ticked(cells[0])} == {
        *FUNCTIONS, *FILTERS, *frozenset[str]().union(*TEMPLATES.values())
    }  # fmt: skip


def test_channels_without_templates_have_none() -> None:
    assert CHANNELS.templates is None
