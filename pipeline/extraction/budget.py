"""A limit to the time that one document may take, for the shapes of hostile pages that nobody has thought of."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import ArticleError

# Code that catches every exception and goes on is stopped again so many seconds later.
_AGAIN = 0.5


class _OutOfTime(BaseException):
    """Not an `Exception`: parsers catch those and go on."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Stop the body after so many seconds of processor time; a busy machine makes none longer.

    Only in the main thread of a system with POSIX timers; elsewhere there is no limit. What runs inside a C library is
    stopped when it returns; a regular expression is stopped at once.

    Raises:
        ArticleError: kind "too-slow".
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
    except _OutOfTime:
        raise ArticleError(
            "too-slow",
            f"reading the document took more than {seconds:g} seconds of processor time; save it as plain text, or"
            " raise extract.max_seconds",
        ) from None
