"""Which line of a dump is the headline: invented pages in several languages."""

import pytest

from pipeline.extraction.dump import read_dump
from tests.extraction.test_dump_extent import STORIES, Story


def dump(*lines: str) -> str:
    return "\n".join(lines)


@STORIES
def test_it_says_what_the_text_says(story: Story) -> None:
    longest = " ".join(story.others[:2])
    assert read_dump(dump(longest, story.menu[0], story.title, *story.text)).title == story.title


@STORIES
def test_a_caption_between_the_date_and_the_text(story: Story) -> None:
    caption = story.lead.rstrip(".。")
    assert read_dump(dump(*story.menu, story.title, "21.05.2024, 10:30", caption, *story.text)).title == story.title


@STORIES
def test_the_way_to_it_from_the_front_page(story: Story) -> None:
    trail = f"{story.menu[0]} 9 {story.menu[1]} 9 {story.title}"
    assert read_dump(dump(*story.menu, trail, story.title, *story.text)).title == story.title


@STORIES
@pytest.mark.parametrize(
    "byline", ["Nina Halvorsen", "By Nina Halvorsen, Tom Reed, Rosa Ibarra, Luis Prado and Ann Other"]
)
def test_a_writer_is_none(story: Story, byline: str) -> None:
    found = read_dump(dump(*story.menu, story.title, *story.others[:1], byline, "21.05.2024, 10:30", *story.text))
    assert found.title == story.title


@STORIES
def test_an_address_is_none(story: Story) -> None:
    address = "https://paper.example/lola-lotte-last-trip-of-the-old-ferry-with-a-long-name"
    assert read_dump(dump(*story.menu, address, story.title, *story.text)).title == story.title


@STORIES
def test_a_question_above_the_text(story: Story) -> None:
    question = f"{story.title}: {story.others[0]}?"
    found = read_dump(dump(*(f"* {item}" for item in story.menu), question, *story.text))
    assert (found.title, found.paragraphs) == (question, story.text)


@pytest.mark.parametrize("writers", ["Nina Halvorsen Tom Reed Rosa Ibarra", "Олена Коваль Марина Кольцова"])
@STORIES
def test_several_writers_below_a_question_and_its_lead(story: Story, writers: str) -> None:
    question, text = f"{story.title}?", (*story.text, f"{writers}: {story.text[0]}")
    found = read_dump(dump(*story.menu, question, story.lead, writers, "21.05.2024, 17:47", *text))
    assert found.title == question


@STORIES
def test_lists_inside_lists_are_menus(story: Story) -> None:
    menu = [
        line for item in story.menu for line in (f"* {item}", *(f"  o {other.capitalize()}" for other in story.others))
    ]
    assert read_dump(dump(*menu, story.title, *story.text)).title == story.title


@STORIES
def test_a_list_of_the_most_read_is_numbered(story: Story) -> None:
    most = [f"{number}. {title}" for number, title in enumerate((*story.others, f"{story.title} {story.menu[0]}"), 1)]
    assert read_dump(dump(*most, *story.menu, story.title, *story.text)).title == story.title


@pytest.mark.parametrize(
    ("lead", "byline", "names"),
    [
        ("Nach siebzig Jahren endet der Dienst der Fähre.", "Von Karin Olde und Jan Peters",
         ("Karin Olde", "Jan Peters")),
        ("Tras setenta años termina el servicio de la barca.", "Por Rosa Ibarra", ("Rosa Ibarra",)),
        ("After seventy years the old ferry stops its service.", "By Nina Halvorsen and Tom Reed",
         ("Nina Halvorsen", "Tom Reed")),
    ],
)  # fmt: skip
@STORIES
def test_writers_and_date_below_the_lead(story: Story, lead: str, byline: str, names: tuple[str, ...]) -> None:
    found = read_dump(dump(*story.menu, story.title, lead, byline, "21.05.2024, 10:30 Uhr", *story.text))
    assert (found.title, found.authors, found.published) == (story.title, names, "2024-05-21T10:30:00")
