"""Quality: the suites run on the data, findings and judgements, scores, and what goes back to a supplier.

Belongs here: running checks and telling what they found. Does not belong here: the rules (``expectations/``, dbt tests, seeds).
"""
