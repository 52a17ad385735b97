"""The web application for the three users (Streamlit), on a frozen copy of the figures (issue: Schermen; spec 5.2).

``momentopname`` makes a private copy of the marts where no publication stands, ``toegang`` says who asks, ``gegevens`` hands
out what that one may see (nowhere else are figures read), ``metrieken`` turns tables into figures with their state,
``grafiek`` draws, ``blok`` puts a figure with its table, definition and downloads on the page, ``paginas/`` holds the pages.
No figure of the marts is computed anew here.
"""
