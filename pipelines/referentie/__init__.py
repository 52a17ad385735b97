"""Official reference tables in the place of the examples in ``seeds/``: read, validated, shown, and only then applied.

Belongs here: tables that an authority publishes (the code list of the NZa, the areas of CBS). Does not belong here: rules,
norms and code lists of this project itself; a steward edits those in ``seeds/`` by hand.
"""
