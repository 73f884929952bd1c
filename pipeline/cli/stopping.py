"""Ending a run at a good moment: SIGTERM, as a service manager or a shutdown sends it, waits for the batch in hand."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(BaseException):
    """The run was asked to end, and what it had in hand is stored. Not an `Exception`: nothing may go on after it."""


class StopRequest:
    """Whether somebody has asked for the end."""

    def __init__(self) -> None:
        self.asked = False

    def check(self) -> None:
        """Called where everything so far is stored.

        Raises:
            Stopped: the end was asked for.
        """
        if self.asked:
            raise Stopped


@contextmanager
def sigterm() -> Iterator[StopRequest]:
    """A first SIGTERM is a request, a second ends the process as if nothing had been caught.

    In another thread than the main one, signals cannot be caught, and nothing is.
    """
    request = StopRequest()
    if threading.current_thread() is not threading.main_thread():
        yield request
        return

    def ask(number: int, frame: FrameType | None) -> None:
        request.asked = True
        signal.signal(signal.SIGTERM, before)

    before = signal.signal(signal.SIGTERM, ask)
    try:
        yield request
    finally:
        signal.signal(signal.SIGTERM, before)
