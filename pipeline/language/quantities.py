"""What is known of a language's numbers, units, money and limits: sections of `data/<code>.toml`.

Dates and times of day are in `times`. Where a field holds regular expressions each is one alternative, so that a file
reads as a list of words.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pipeline.language.section import Regex, Section

Unit = Literal[
    "second", "minute", "hour", "day", "week", "month", "year",
    "millimetre", "centimetre", "metre", "kilometre", "mile", "foot", "hectare", "acre", "gram", "kilogram", "tonne",
    "litre", "ping", "catty", "mu", "celsius", "fahrenheit", "megawatt", "gigawatt", "kilowatt",
]  # fmt: skip
Currency = Literal[
    "dollar", "euro", "yuan", "yen", "won", "dong", "pound", "rouble", "rupee", "baht", "franc", "rupiah", "ringgit",
    "zloty", "hryvnia", "lira", "Taiwan dollar", "US dollar",
]  # fmt: skip


class Writing(Section):
    """How words and figures stand on the page."""

    no_word_edge: bool = False
    """Words are written onto one another, so that a letter beside one says nothing."""
    decimal_comma: bool = False
    """1.500,75 rather than 1,500.75."""
    groups_by_space: bool = False
    """1 500,75: spaces (or apostrophes) part groups of three figures."""
    either_decimal: bool = False
    """Newsrooms use comma and point for either."""


class Numerals(Section):
    """Numbers in words."""

    words: Mapping[int, tuple[str, ...]] = {}
    """Whole words of each number, beside which scale words stand; complete to twenty, and the tens."""
    stems: Mapping[int, tuple[str, ...]] = {}
    """What every cardinal, ordinal and fraction of a number begins with, for reading loosely in languages that inflect
    or join them; `$` marks a whole word, and a number that others make up (21 in German is 1 and 20) is left out."""
    tens: tuple[str, ...] = ()
    """Stems of tens and decades, which multiply what stands before them: hai mươi, dua puluh, สามสิบ, dwie dekady."""
    halves: Mapping[Decimal, tuple[str, ...]] = {}
    """Stems of halves: `0.5` and `0.25` are added to what stands before, others are numbers of their own."""
    joiners: tuple[Regex, ...] = ()
    """Written between `words` of one number: thirty *and* one."""
    links: tuple[str, ...] = ()
    """Written between `stems` of one number, as a word or inside one: drei*und*zwanzig."""
    figures_joiner: str = ""
    """Word between the figures of one number: ۱۲ هزار و ۵۰۰."""
    range_words: tuple[str, ...] = ()
    """Written between the ends of a range and the parts of a list of figures, beside a dash: 3 bis 5."""
    decade_after: tuple[Regex, ...] = ()
    """After a figure of two digits, makes it the years of a decade: 80er."""
    century_after: tuple[Regex, ...] = ()
    """After a full hundred, makes it the years of a century: 1800-talet."""
    century_in: tuple[Regex, ...] = ()
    """Inside a word, makes a number of hundreds in it the years of a century: nittonhundratalet."""
    implied: Mapping[int, tuple[str, ...]] = {}
    """Parts of words that say a number which is none of `words`: 雙方, круглосуточно. In small letters."""
    prefix: Regex = ""
    """Articles and prepositions written onto the first word."""
    only_before: Mapping[str, str] = {}
    """A word of `words` that goes on with a number only before this, since it is another word too."""
    linker: str = ""
    """Word between a number and its scale or what is counted: 19 na milyon, anim na metro."""
    half_after_scale: str = ""
    """Word for half of the scale before it: một triệu rưỡi."""
    joined: bool = False
    """Several number words are written as one."""
    compounding: bool = False
    """Numbers and nouns are joined: Dreijährige, восьмилетний."""
    units_first: bool = False
    """Four and twenty, or fourteen as four and ten."""
    tens_last: bool = False
    """After tens a unit is another number: the last three decades."""
    ten_two: bool = False
    """Twelve is mười hai, on iki."""
    twenties: bool = False
    """What follows sixty and eighty goes on to nineteen: soixante-quinze."""
    read_well: bool = False
    """Spelled numbers are read well enough to hold a spelled number of the English against the source."""
    han: bool = False
    """Numbers are written and counted in Han characters, as `text.numbers.cjk` reads them."""

    @cached_property
    def value_of(self) -> dict[str, int]:
        """Value of each of `words`."""
        return {word: value for value, words in self.words.items() for word in words}


class Scales(Section):
    """Words that multiply: hundred, million, lakh."""

    words: Mapping[int, tuple[str, ...]] = {}
    """Forms by factor, as newspapers use them, abbreviations with their point."""
    alone: tuple[str, ...] = ()
    """Those that state a number without one before them: cent, сто."""
    rewritten: tuple[str, ...] = ()
    """Those that small models get wrong, so that they are written in English: abbreviations and false friends."""
    all_rewritten: bool = False
    """Small models get all of them wrong."""
    not_before: Mapping[str, Regex] = {}
    """What after one of the words makes another word of both: billionaires, proportions, conditions."""
    not_after: Mapping[str, str] = {}
    """What before the number makes no scale of the word: 제3조 is article 3 of a law."""
    myriads: bool = False
    """Thousands count the larger scales, and figures follow a scale at once: 1천500만."""
    more: str = ""
    """Between figure and scale: and some more."""
    before_number: bool = False
    """A scale stands before what it multiplies: milioni 5, elfu tano mia tatu; where nothing follows, as elsewhere."""

    @cached_property
    def factor_of(self) -> dict[str, int]:
        """Factor of each of `words`."""
        return {word: factor for factor, words in self.words.items() for word in words}


class Percent(Section):
    """Words for percent beside the sign."""

    words: tuple[Regex, ...] = ()
    """After the number; without any, a percentage of the English is not held against the language."""
    before: tuple[str, ...] = ()
    """Before the number, with the space between: yüzde."""
    points: tuple[Regex, ...] = ()
    """Percentage points, after the number."""
    or_points: tuple[Regex, ...] = ()
    """Words for percent that may also be points of a score or an index."""


class Units(Section):
    """Units of measure after a number."""

    words: Mapping[Unit, tuple[str, ...]] = {}
    """Beginnings of each unit's words."""
    patterns: Mapping[Unit, Regex] = {}
    """Units that the beginning of a word does not tell from others."""
    before_number: bool = False
    """A unit in words stands before its number: kilomita 5. Symbols stand behind it in all languages."""
    none_of: tuple[Regex, ...] = ()
    """What follows a figure and begins like a unit, but is or may be none: hours of the clock, years of a date."""


class Limits(Section):
    """At least and at most. Only the sense counts, not the shade: more than, at least and over are one."""

    least_before: tuple[Regex, ...] = ()
    """"At least", before the number."""
    least_after: tuple[Regex, ...] = ()
    """"At least", after the number and what is counted."""
    most_before: tuple[Regex, ...] = ()
    """"At most", before the number."""
    most_after: tuple[Regex, ...] = ()
    """"At most", after the number and what is counted."""
    between: tuple[Regex, ...] = ()
    """What may stand between a limit and its number: an article, "for"."""
