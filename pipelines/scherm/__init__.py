"""The web application for the three users (Streamlit), on a frozen copy of the figures (spec 5.2).

``toegang`` says who asks, ``paginas/`` holds the pages: what is chosen and which blocks are shown, ``plaats`` puts a block on the
page. Does not belong here: figures, sentences and drawings, which are ``pipelines.blokken``.
"""
