"""The quarterly report that a tafel puts on its agenda: HTML and PDF, two pages of essence and an annex.

Belongs here: ``inhoud`` chooses and writes, ``druk`` makes the PDF, ``cli`` is ``ggz rapport``. Does not belong here: figures, which come from ``pipelines.blokken.gegevens``,
and drawings, from ``pipelines.blokken.grafiek``: the report says what the screens say.
"""
