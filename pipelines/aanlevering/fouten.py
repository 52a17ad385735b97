"""Why a whole delivery is refused (spec 1.7, B01..B05). Nothing else belongs here."""


class Geweigerd(Exception):
    """A delivery that is not taken in.

    ``code`` is B01..B05; ``toelichting`` says in Dutch what is wrong, where, and what to do. Never holds a cell value:
    it is shown, logged and stored.
    """

    def __init__(self, code: str, toelichting: str):
        super().__init__(f"{code}: {toelichting}")
        self.code = code
        self.toelichting = toelichting
