{{ totalen('benodigde_capaciteit') }}
