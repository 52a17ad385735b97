"""From marts to what leaves the building: frozen vintages, disclosure control, and exports per audience (spec 5).

Belongs here: ``regels`` reads which table and column may be published and how (seeds/publicatie_*.csv), ``tabellen`` adds totals and turns
tables into a system of cells, ``onthulling`` decides what is withheld and proves it, ``publiek`` makes the public version,
``export`` writes files, ``vintage`` freezes and numbers them, ``herziening`` compares two. Does not belong here: computing a figure.
"""
