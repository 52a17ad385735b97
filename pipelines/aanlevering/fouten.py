"""Why a delivery is not taken in: a fault of the file (spec 1.7, B01..B05), or trouble of ours. Nothing else belongs here."""

import errno


class Geweigerd(Exception):
    """A delivery that is not taken in.

    ``code`` is B01..B05; ``toelichting`` says in Dutch what is wrong, where, and what to do. Never holds a cell value:
    it is shown, logged and stored.
    """

    def __init__(self, code: str, toelichting: str):
        super().__init__(f"{code}: {toelichting}")
        self.code = code
        self.toelichting = toelichting


class NietNu(Exception):
    """A file that cannot be read now, for no fault of who sent it: no verdict, and tried again at the next run."""


class GeheugenVol(NietNu):
    """There was no memory to read on; whose fault that is depends on how much it got."""


_VAN_ONS = {
    errno.EIO, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENOMEM, errno.EMFILE, errno.ENFILE,
    errno.ENODEV, errno.ENXIO, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ETIMEDOUT, errno.EBUSY, errno.ELOOP,
}  # fmt: skip


def van_ons(fout: BaseException) -> bool:
    """Whether an error is of the machine, and says nothing of the file: a reader lets it pass."""
    return isinstance(fout, MemoryError) or (isinstance(fout, OSError) and fout.errno in _VAN_ONS)
