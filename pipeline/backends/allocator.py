"""How the C library hands out memory to an engine that asks for large blocks at every step."""

from __future__ import annotations

import ctypes
import platform
from typing import Final

# Parameters of mallopt(3) in glibc's malloc.h.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_MAX: Final = -4
_M_ARENA_MAX: Final = -8
_LARGEST: Final = 2**31 - 1


def keep_large_blocks() -> bool:
    """Have freed memory kept for the next request; True where the C library can be told (glibc).

    CTranslate2 asks for its logits and its attention cache anew for every token, and glibc maps blocks beyond 32 MB
    from the kernel each time and gives them back: the kernel then fills gigabytes with zeros. That was 44 % of the time
    of a batch of 128 sentences. Freed memory goes back to the system when the process ends, so it holds its peak until
    then; the peak itself is some 5 % higher.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    # Blocks that a mapping would hold come from the heap, the heap does not shrink, and no thread has one of its own,
    # whose parts could not hold them.
    options = {_M_MMAP_MAX: 0, _M_TRIM_THRESHOLD: _LARGEST, _M_ARENA_MAX: 1}
    library = ctypes.CDLL(None)
    return bool(min(library.mallopt(option, value) for option, value in options.items()))
