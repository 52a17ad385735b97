{{ kaart_per_versie('zorgvorm_cluster', 'zorgvorm', ['capaciteit_type']) }}
