"""Published bed figures put through ``bedden`` give the published occupancy (spec 3.3, 3.4). Region ZK22, October 2024 to June 2025.

Public Health Scotland, *Beds by NHS Board of Treatment and Specialty*, NHS Ayrshire and Arran, Mental Health Grouping: staffed bed
days, occupied bed days and percentage occupancy of a quarter as published (UK Open Government Licence v3.0). A quarter stands here
in one month, with three months of places, so that the mart's own ratio is the published one.
"""

GEPUBLICEERD = {  # kwartaal: (AllStaffedBeddays, TotalOccupiedBeddays, PercentageOccupancy)
    "2022Q2": (18044, 15100, 83.68432720017735),
    "2022Q3": (18112, 15229, 84.08237632508833),
    "2022Q4": (17883, 14595, 81.61382318402953),
    "2023Q1": (16228, 14665, 90.36849889080602),
    "2023Q2": (16494, 14874, 90.17824663514006),
    "2023Q3": (16128, 14211, 88.11383928571426),
    "2023Q4": (15868, 13835, 87.18805142425006),
    "2024Q1": (15564, 12986, 83.4361346697507),
    "2024Q2": (15378, 12729, 82.77409285992977),
}
MAANDEN = ["2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"]


def vul(w):
    for maand, (beschikbaar, bezet, _) in zip(MAANDEN, GEPUBLICEERD.values(), strict=True):
        w.rij(
            "bedden",
            maand,
            "ZK22",
            agb_vestiging="92200000",
            afdeling_id="mh",
            erkend=800,
            operationeel=800,
            beschikbare_dagen=beschikbaar,
            bezette_dagen=bezet,
        )


def test_bezetting_van_gepubliceerde_bedden_is_de_gepubliceerde_tot_het_laatste_cijfer(marts):
    rijen = marts.execute(
        "select strftime(maand, '%Y-%m'), bezettingsgraad from marts.capaciteit_maand "
        "where iza_regio = 'ZK22' and cluster = 'klinisch' and capaciteit_type = 'bed' and bezettingsgraad is not null order by maand"
    ).fetchall()
    assert [maand for maand, _ in rijen] == MAANDEN
    gepubliceerd = [procent for *_, procent in GEPUBLICEERD.values()]
    assert [round(100 * graad, 12) for _, graad in rijen] == [round(procent, 12) for procent in gepubliceerd]


def test_gebruik_en_beschikbaar_van_een_maand_zijn_de_gepubliceerde_dagen(marts):
    bezet, dagen = marts.execute(
        "select bezet, dagen from marts.benodigde_capaciteit "
        "where iza_regio = 'ZK22' and maand = date '2025-06-01' and cluster = 'klinisch' and capaciteit_type = 'bed'"
    ).fetchone()
    assert bezet * dagen == sum(bezet for _, bezet, _ in GEPUBLICEERD.values())
