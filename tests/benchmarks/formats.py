"""An issue of 1,000 articles in every format: seconds for each, and whether the bytes are the same twice.

    python -m tests.benchmarks.formats [ARTICLES]

Each article has a Korean headline, an English one and a summary of full length. Seconds are of CPU, after a small issue
that loads the renderers and what they need.
"""

from __future__ import annotations

import sys
import time

from pipeline.issue.render import FORMATS
from tests.issue.samples import render
from tests.issue.test_formats import many


def main(articles: int) -> None:
    for name in FORMATS:
        render(many(3), name)
    issue, again = many(articles), many(articles)
    total = 0.0
    for name in FORMATS:
        began = time.process_time()
        output = render(issue, name)
        seconds = time.process_time() - began
        total += seconds
        same = "the same bytes twice" if output == render(again, name) else "OTHER BYTES"
        print(f"{name:10} {seconds:6.2f} s {len(output) / 1000:8.0f} kB  {same}")
    print(f"{'all':10} {total:6.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
