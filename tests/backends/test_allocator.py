"""Whether large blocks are kept, counted in the pages that the kernel had to supply."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PAGES_PER_BLOCK = 48 * 2**20 // 4096
TIMES = 20

# In a process of its own: the setting holds for the whole process, and for good.
SCRIPT = """
import ctypes, resource, sys, threading
from pipeline.backends.allocator import keep_large_blocks

if sys.argv[1] == "kept":
    assert keep_large_blocks()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.malloc.argtypes = [ctypes.c_size_t]
library.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
library.free.argtypes = [ctypes.c_void_p]

def work():
    for _ in range({times}):
        block = library.malloc({size})
        library.memset(block, 1, {size})
        library.free(block)

before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
thread = threading.Thread(target=work)  # engines run in threads
thread.start()
thread.join()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    """Pages that the kernel supplied while a block of 48 MB was asked for, written and freed 20 times."""
    script = SCRIPT.format(times=TIMES, size=PAGES_PER_BLOCK * 4096)
    done = subprocess.run([sys.executable, "-c", script, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="mallopt(3) is glibc's: elsewhere there is nothing to set"
)
def test_a_large_block_is_supplied_once() -> None:
    kept = faults("kept")
    assert kept < 2 * PAGES_PER_BLOCK
    assert kept < faults("not kept") / 2  # where huge pages are the rule, there are few of either
