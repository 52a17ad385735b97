with codelijst as (
    select * from {{ ref('zpm_prestatie') }}
)

select
    prestatiecode,
    coalesce(geldig_van, date '0001-01-01') as geldig_van,
    coalesce(geldig_tot, date '9999-12-31') as geldig_tot,
    prestatietype,
    setting,
    verzorgingsgraad,
    beveiligingsniveau,
    acuut_binnen_budget,
    {{ kenmerksleutel(kenmerken_van_code()) }} as code_kenmerken
from codelijst
