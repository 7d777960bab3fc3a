"""What the server tells the C library about memory."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

FAULTS_OF_A_LARGE_ARRAY_MADE_AGAIN = """
import resource
import numpy
from webapp.memory import keep_freed_memory
if {keep}:
    assert keep_freed_memory()
def use():
    arrays = [numpy.ones(500_000) for _ in range(4)]
for _ in range(3):
    use()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    use()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*, keep: bool) -> int:
    script = FAULTS_OF_A_LARGE_ARRAY_MADE_AGAIN.format(keep=keep)
    return int(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc has these settings")
def test_memory_that_was_freed_is_used_again_without_asking_the_system() -> None:
    assert faults(keep=True) * 10 < faults(keep=False)
