"""What tests ask of processes.

Belongs here: whether a group of processes is still there. Does not belong here: which group.
"""

import os
import time


def wordt_leeg(groep: int, seconden: float) -> bool:
    """Whether nobody of this group of processes is left within so many seconds."""
    einde = time.monotonic() + seconden
    while time.monotonic() < einde:
        try:
            os.killpg(groep, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
