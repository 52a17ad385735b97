"""The quarterly report that a tafel puts on its agenda: HTML and PDF, two pages of essence and an annex.

``inhoud`` chooses and writes, ``druk`` makes the PDF, ``cli`` is ``ggz rapport``. Figures come from ``pipelines.blokken.gegevens``,
drawings from ``pipelines.blokken.grafiek``: the report says what the screens say.
"""
