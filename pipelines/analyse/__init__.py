"""What SQL cannot say: simulation of scenarios and the multi-year view.

Belongs here: reading the marts, estimating a model on them, and writing its outcome as a table. Does not belong here: a
figure that SQL can compute (``dbt_project/models/marts``), and anything that changes a mart of another folder.
"""
