"""Disclosure control: which figures of a publication are withheld, and the proof that withholding them is enough.

``stelsel`` says which cells there are and how they hang together, ``lezer`` what somebody who reads the shown cells can compute
about the others, ``beveilig`` chooses what to withhold, ``afronding`` is the other way out: round instead of withhold.
Nothing in here knows a mart, a file or a region by name; that is ``pipelines.publicatie.tabellen``.
"""
