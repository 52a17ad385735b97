"""A supplier's check before sending: the verdict of the intake on files, without warehouse, landing area or key.

Belongs here: gathering that verdict, and its words and workbook. Does not belong here: any rule; those are of ``naam``, ``lezing``,
``keuring`` and the contract, and the rows are judged by the same ``partij`` as at the intake.
"""
