"""Children of `run_child` that need not be processes: what they do is done here, by libraries that are loaded once.

That a child is one, that it can be stopped and that it leaves with its parent, is tested with real ones
(`test_interrupted.py`, `test_mirror.py`, `test_convert.py`, `test_hub.py`).
"""

from __future__ import annotations

import io
import logging
import os
import runpy
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any
from unittest import mock

from pipeline.models import children, convert, probe, wheels
from pipeline.models.children import Ended, _last_line

_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def all_inside() -> Iterator[None]:
    """Within this, pip and the conversion are done here."""
    with ExitStack() as patches:
        for module in (convert, probe, wheels):
            patches.enter_context(mock.patch.object(module, "run_child", _inside(module.run_child)))
        yield


def _inside(run_child: Callable[..., Ended]) -> Callable[..., Ended]:
    """`run_child`, which does `-m pip ...` and `-m pipeline.models.convert ...` in this process."""
    works: dict[str, Callable[[Sequence[str]], int]] = {"pip": _pip, "pipeline.models.convert": _convert}

    def run(arguments: Sequence[str], *, environment: Mapping[str, str] | None = None, **limits: Any) -> Ended:
        flag, module, *rest = arguments
        if flag == "-m" and module in works:
            return _done(works[module], rest, environment or {})
        return run_child(arguments, environment=environment, **limits)

    return run


def _done(work: Callable[[Sequence[str]], int], arguments: Sequence[str], environment: Mapping[str, str]) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with (
                mock.patch.dict(os.environ, environment),
                mock.patch.object(tempfile, "tempdir", None),
                redirect_stdout(out),
                redirect_stderr(err),
            ):
                status = work(arguments)
        finally:
            root.handlers[:], root.level = handlers, level
    return Ended(out.getvalue(), "" if status == 0 else _last_line(err.getvalue()) or f"ended with status {status}")


def _pip(arguments: Sequence[str]) -> int:
    try:
        with mock.patch.object(sys, "argv", ["pip", *arguments]):
            runpy.run_module("pip", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _convert(arguments: Sequence[str]) -> int:
    # A child ends with its parent: this one has none.
    with mock.patch.object(children, "end_with_parent"):
        return children.as_child(lambda: convert.main(*arguments))
