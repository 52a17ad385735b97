{{ totalen('capaciteit_maand', sleutel=['capaciteit_type']) }}
