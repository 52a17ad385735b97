"""The web application for the three users (Streamlit), on a frozen copy of the figures (spec 5.2).

Belongs here: who asks (``toegang``), the pages (``paginas/``: what is chosen and which blocks are shown), putting a block on the
page (``plaats``). Does not belong here: figures, sentences and drawings, which are ``pipelines.blokken``.
"""
