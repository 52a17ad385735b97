"""Running and telling: the command ``ggz``, a run and its words, and Dagster's own administration of runs.

Belongs here: what an operator starts and reads. Does not belong here: any work; that stands in the room that it is about. Together with
``definitions`` this is the only room that knows all others.
"""
