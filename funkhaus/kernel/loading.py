"""Loading the code without the garbage collector.

What is loaded stays for good. The collector would look through it again and again: a sixth of the time of a start goes
to that, and later each of its long rounds stops every request for a tenth of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def code_loading() -> Iterator[None]:
    """Load inside the block; afterwards the collector works again, and leaves alone what is there by then."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
