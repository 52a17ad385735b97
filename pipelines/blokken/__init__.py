"""What a page and the report both show: figures for one reader, blocks of drawing, table and source, and the sentences on them.

Belongs here: access to figures (``gegevens``), selecting them (``metrieken``), saying them (``samenvatting``, ``opmaak``), drawing
them (``grafiek``) and the blocks that are made of these. Does not belong here: Streamlit, and what only one of the two shows.
"""
