"""Page landelijk."""

def pagina(g):
    pass
