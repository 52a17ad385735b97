"""Page datakwaliteit."""

def pagina(g):
    pass
