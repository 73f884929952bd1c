"""Small dictionaries as the files have them."""

from __future__ import annotations

from pathlib import Path

from pipeline.dictionaries import Dictionary, compact
from pipeline.dictionaries.found import Found

LINES = {
    "de": """
Streik\t41\tn:strike|walkout
Polizei\t54\tn:police
Beamter\t45\tn:official
Kohl\t40\tn:cabbage
Land\t57\tn:country;land
Sevilla\t35\tP:Seville
Helmut\t40\tH:
laufen\t52\tv:run;walk
in Kraft treten\t0\tv:come into force
in\t72\tf:
und\t74\tf:
treten\t50\tv:kick|step
lauft\t=1en
beamten\t=^1r
streiks\t=^1
länder\t=~Land
-ungen\t=2
""",
    "nb": """
lene\t43\tv:lean
rane\t46\tv:rob;steal
renne\t48\tv:run;flow
hjem\t55\tn:home
stavsprang\t21\tn:pole vault
streik\t41\tn:strike
rant\t=1e|3enne
-en\t=2
""",
    "cs": """
Fiala\t42\tH:
fiala\t0\tn:wallflower
demise\t38\tn:resignation
Praha\t52\tP:Prague
demisi\t=1e
praze\t=^2ha
""",
    "fr": """
faire\t67\tv:do;make
échouer\t44\tv:fail
faire échouer\t0\tv:thwart
attentat\t46\tn:attack
le\t75\tf:
fait\t=1re
""",
    "vi": """
ung thư\t0\tn:cancer
ruột\t41\tn:intestine
ruột non\t0\tn:small intestine
non\t48\ta:young|unripe
Đại Học\t0\tN:Great Learning
đại học\t0\tn:university
""",
    "tr": """
grev\t42\tn:strike
ateşkes\t41\tn:ceasefire
ev\t60\tn:house
ışık\t50\tn:light
-in\t=2
""",
    "ko": """
파업\t40\tn:strike
청송군\t0\tP:Cheongsong County
청송\t35\tP:Cheongsong
소장\t44\tn:small intestine|director
발생\t52\tn:occurrence
대학\t54\tn:university
지진\t47\tn:earthquake
""",
    "ar": """
زلزال\t44\tn:earthquake
من\t72\tf:
مان\t30\tv:lie
""",
    "th": """
รัฐบาล\t\tn:government
รัฐ\t\tn:state
บาล\t\tn:guardian
""",
    "zh": """
大学\t56\tw:university
大\t60\tw:big
学\t55\tv:study
中国\t64\tN:China
学生\t55\tw:student
南海\t44\tN:South China Sea
海槽\t20\tw:oceanic trough
海\t49\tw:sea
""",
    "ja": """
大学\t52\tn:university
中国\t53\tN:China|N:Chūgoku
警察\t51\tn:police
無線\t40\tn:radio
警察無線\t0\tn:police radio
南海トラフ\t0\tP:Nankai Trough
述べる\t37\tv:state;mention
する\t70\tv:do
""",
    "hr": "potres\t40\tn:earthquake\n",
}


def book(folder: Path, language: str, more: str = "") -> Dictionary:
    """The small dictionary of a language, with lines added, opened from a file."""
    path = folder / f"{language}{compact.SUFFIX}"
    write_lines(path, LINES.get(language, "") + more)
    opened = Dictionary.open(language, folder)
    assert opened is not None
    return opened


def write_lines(path: Path, lines: str) -> None:
    import lzma

    path.write_bytes(lzma.compress(f"{compact.FIRST_LINE}\n# a note\n{lines}".encode()))


def told(found: tuple[Found, ...]) -> dict[str, str]:
    """First gloss by surface."""
    return {one.surface: one.glosses[0] for one in found if one.glosses}
