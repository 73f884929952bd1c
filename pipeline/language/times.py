"""What is known of a language's dates and times of day: sections of `data/<code>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Self, TypeVar, get_args

from pydantic import field_validator, model_validator

from pipeline.language.other_calendars import Calendar, months_in
from pipeline.language.section import Regex, Section

Month = Literal[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
]  # fmt: skip
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS: Final[tuple[Month, ...]] = get_args(Month)
_WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
_Name = TypeVar("_Name", bound=str)
_OtherMonths = Mapping[Calendar, tuple[tuple[str, ...], ...]]


def _complete(names: Mapping[_Name, tuple[str, ...]], order: tuple[_Name, ...]) -> Mapping[_Name, tuple[str, ...]]:
    """The names in their order in the year or week.

    Raises:
        ValueError: some are named and others not.
    """
    missing = [each for each in order if not names.get(each)]
    if names and missing:
        raise ValueError(f"no name for {', '.join(missing)}")
    return {each: names[each] for each in order if names}


class Months(Section):
    """Names of months; languages that number them (8月, 8월, tháng 8) have none."""

    names: Mapping[Month, tuple[str, ...]] = {}
    """All, January first. The form after a day, which is the one written back ("20 февраля"), stands before other forms
    and beginnings."""
    regional: Mapping[Month, tuple[str, ...]] = {}
    """Names in some countries only, which elsewhere are other words: told in a full date, beside its day and year."""
    prefixes: tuple[str, ...] = ()
    """Written onto the name in a full date: "in"."""
    solar_hijri: tuple[tuple[str, ...], ...] = ()
    """Names of the months of the Iranian calendar, of the first month first."""
    other: Mapping[Calendar, tuple[tuple[str, ...], ...]] = {}
    """By another calendar, the names of its months in order: told in a full date."""
    after_letters: bool = False
    """A name may follow a letter: the language runs on, or writes "and" and "in" onto the word."""

    @field_validator("names")
    @classmethod
    def _all(cls, names: Mapping[Month, tuple[str, ...]]) -> Mapping[Month, tuple[str, ...]]:
        return _complete(names, _MONTHS)

    @field_validator("solar_hijri")
    @classmethod
    def _year(cls, months: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        if len(months) not in (0, len(_MONTHS)):
            raise ValueError(f"{len(months)} months")
        return months

    @field_validator("other")
    @classmethod
    def _years(cls, other: _OtherMonths) -> _OtherMonths:
        for calendar, months in other.items():
            if len(months) != months_in(calendar):
                raise ValueError(f"{calendar}: {len(months)} months")
        return other


class Weekdays(Section):
    """Names of the days of the week."""

    names: Mapping[Weekday, tuple[str, ...]] = {}
    """All, Monday first, in small letters; inflected languages give beginnings, and a form of two days stands at
    both."""
    after_letters: bool = False
    """Written onto other words, or without spaces."""
    article: str = ""
    """Article that is written onto a name."""
    han: Literal["", "chinese", "japanese"] = ""
    """Whose days are told by Han characters, as `text.dates.weekdays` reads them: 星期三 or 水曜."""

    @field_validator("names")
    @classmethod
    def _all(cls, names: Mapping[Weekday, tuple[str, ...]]) -> Mapping[Weekday, tuple[str, ...]]:
        return _complete(names, _WEEKDAYS)


class Dates(Section):
    """How dates are written."""

    written: str = ""
    """A full date in words, with {day}, {month} (its name), {number} (of the month) and {year}; without it none is
    written."""
    day_first: bool = False
    """3.4. is the third of April."""
    month_sign: str = ""
    """Sign after the number of a month, whose day then follows: 3月4日."""
    day_sign: Regex = ""
    """Sign after the number of such a day, one character."""
    day_endings: tuple[Regex, ...] = ()
    """Written onto the number of a day, beside a point."""
    before_month: tuple[Regex, ...] = ()
    """Between a day and the name of its month."""
    month_unsaid: tuple[Regex, ...] = ()
    """What stands for a day or month without a name: a day alone, yesterday, this month."""
    month_beside: tuple[Regex, ...] = ()
    """What may so mean the month before or after."""
    no_day_after_month: bool = False
    """A number after a month is never its day."""
    day_words: tuple[str, ...] = ()
    """Words that make a day and month of the figures after them: ngày 20/2."""
    month_word: str = ""
    """Word before the number of a month."""
    year_word: str = ""
    """Word before the number of a year."""
    numbered_month: Regex = ""
    """A month by its number, which is the first group, in figures, Han characters or `month_numbers`; or a list of them
    in figures."""
    month_numbers: Mapping[int, tuple[str, ...]] = {}
    """Names of the numbers of months."""
    full: Regex = ""
    """A month with what stands beside it, in groups `year`, `month` and `day`."""
    day_alone: Regex = ""
    """A day without its month, in group `day`."""
    on_unless: tuple[Regex, ...] = ()
    """What after a date makes it no adverb (from 3 to 5 May, the meeting of 3 May); elsewhere the English says "on"."""
    loose_day: Regex = ""
    """A day in group `day`, with its month in group `month` where the source may leave it out."""
    year_words: tuple[Regex, ...] = ()
    """What may stand for a year beside such a day."""
    calendar: Literal["gregorian", "buddhist", "solar hijri"] = "gregorian"
    """Calendar in which years are counted beside the common one."""
    era_words: tuple[Regex, ...] = ()
    """Before a year of that calendar."""
    common_era: str = ""
    """Before a year of the common era."""

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        """A key without the words that stand beside what it names would find that everywhere."""
        needs: dict[str, tuple[object, list[object]]] = {
            "month_sign": (self.month_sign, [self.day_sign]),
            "month_word": (self.month_word, [self.day_words, self.year_word]),
            "calendar": (self.calendar == "buddhist", [self.era_words, self.common_era, self.year_word]),
        }
        for name, (value, beside) in needs.items():
            if value and not all(beside):
                raise ValueError(f"{name} needs the words beside it")
        return self

    @field_validator("written")
    @classmethod
    def _can_be_filled_in(cls, written: str) -> str:
        try:
            written.format(day=1, month="", number=1, year=2000)
        except (LookupError, ValueError, AttributeError):
            raise ValueError("holds something else in braces than day, month, number and year") from None
        return written


class DayHalves(Section):
    """Words for the half of the day beside an hour."""

    before_noon: tuple[Regex, ...] = ()
    """Of the hours before noon."""
    after_noon: tuple[Regex, ...] = ()
    """Of the hours after noon."""
    night: tuple[Regex, ...] = ()
    """Of the night, which is before noon and after it."""
    hour_before: tuple[Regex, ...] = ()
    """Before an hour of the clock, such as 9.30."""
    hour_after: tuple[Regex, ...] = ()
    """After an hour of the clock, beside h and :30."""
    hour: Regex = ""
    """An hour, in group `hour`, where it is not written in figures alone or with a colon."""
    from_six: bool = False
    """Hours are counted from six o'clock: saa mbili, two, is eight. Newsrooms write the hours of the clock too."""
    place: Literal["after", "before", "both"] = "after"
    """Where the word stands, seen from the hour."""


class Coming(Section):
    """What is still to come."""

    words: tuple[Regex, ...] = ()
    """Words with which a sentence speaks of it."""
