"""The list `pipeline/text/names/ordinary_words.txt`: English words that are no names, whatever their capital.

    python -m tests.benchmarks.ordinary_words NTREX_TSV OPEN_TSV > pipeline/text/names/ordinary_words.txt

Words of four letters or more that occur in lower case in the English of NTREX-128 (CC BY-SA 4.0) and of
the parallel corpora of OPEN_TSV (Tatoeba CC BY 2.0 FR, TICO-19 CC0, Park news and JHE CC BY-SA 3.0). FLORES is not
used: the checks are measured on it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

_WORD = re.compile(r"[A-Za-z]{4,}")


def main(files: list[Path]) -> None:
    sentences = {line.rsplit("\t", 1)[1] for file in files for line in file.read_text(encoding="utf-8").splitlines()}
    count = Counter(word for sentence in sentences for word in set(_WORD.findall(sentence)) if word.islower())
    capital = Counter(word for sentence in sentences for word in set(_WORD.findall(sentence)) if word[0].isupper())
    for word in sorted(count):
        # Names that were written without their capital now and then.
        if count[word] * 5 > capital[word.capitalize()]:
            print(word)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
