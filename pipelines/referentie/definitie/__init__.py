"""``ggz definitie``: a version of the definition that a steward writes as rules (and maps), judged before anything is built.

One module per step: reading the files and their form (``lezen``), what the rules do with every prestatie there can be (``toets``),
keeping a version in the settings (``bewaren``), and the words on the screen (``cli``). What dbt reads of it is in
``pipelines.warehouse.definities``.
"""
