{{ totalen('benodigde_capaciteit', sleutel=['capaciteit_type']) }}
