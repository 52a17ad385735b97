"""What every floor stands on, and that knows nothing of the project: one module for each thing, named for what it holds.

Belongs here: reading a seed, quoting SQL, writing beside and renaming, months, Dutch words for numbers and dates, processes that end with
their parent, the one lock. Does not belong here: anything that names a source, a figure, a table or a screen.
"""
