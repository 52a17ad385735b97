{{ kaart_per_versie('bedtype_cluster', 'bedtype') }}
