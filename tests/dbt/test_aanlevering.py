"""What counts as accepted (spec 1.7, 4.2): double keys, replaced deliveries, signals. Regions ZK14, ZK16 and ZK17."""

from tests.dbt.wereld import pseudoniem


def vul(w):
    def declaratie(id_, maand="2024-02", regio="ZK14", **kolommen):
        plaats = {k: kolommen.pop(k) for k in ("leverancier", "versie") if k in kolommen}
        w.rij(
            "declaraties",
            maand,
            regio,
            **plaats,
            **(
                {
                    "declaratie_id": id_,
                    "patient_pseudoniem": pseudoniem(str(id_)),
                    "begindatum": "2024-01-05",
                    "prestatiecode": "XCO0001",
                    "agb_vestiging": "90140000",
                }
                | kolommen
            ),
        )

    declaratie("A maand", "2024-03")
    declaratie("A maand", "2024-02", regio="ZK16")  # eerdere maand gaat voor een latere
    declaratie("A regio", regio="ZK16")
    declaratie("A regio", regio="ZK14")  # laagste regio gaat voor
    declaratie("A rij")
    declaratie("A rij")  # laagste rijnummer gaat voor
    declaratie("A leverancier", leverancier="3311")
    declaratie("A leverancier")  # ander leverancier: geen dubbele
    declaratie("A fout", codes="A03", rij='{"declaratie_id": "A fout"}')
    declaratie("A fout", "2024-03")  # zonder code gaat voor met code, ook uit een latere maand
    declaratie("A twee fout", codes="A01,A05", rij="{}")
    declaratie("A twee fout", codes="A02", rij="{}")
    declaratie(None, codes="A01", rij="{}")
    declaratie(None, codes="A01", rij="{}")  # geen sleutel, dus niet dubbel
    declaratie("A vervangen", regio="ZK17", versie=1)
    declaratie("A vervangen", regio="ZK17", versie=1)  # binnen het vervangen bestand dubbel
    declaratie("A alleen oud", regio="ZK17", versie=1)
    declaratie("A vervangen", regio="ZK17", versie=2)  # de sleutel is weer vrij
    w.levering("declaraties", "2024-02", "ZK17", versie=3, code="B02")

    declaratie("D bekend")
    w.credit("ZK14", "D bekend", aanlevermaand="2024-03", declaratie_id="C bekend")
    w.credit("ZK14", "A alleen oud", aanlevermaand="2024-03", declaratie_id="C oud")
    w.credit("ZK14", "C bekend", aanlevermaand="2024-03", declaratie_id="C op C")
    w.credit("ZK14", "D bekend", aanlevermaand="2024-03", declaratie_id="C andere", leverancier="3311")
    declaratie("D blijft")
    w.credit("ZK14", "D blijft", aanlevermaand="2024-03", declaratie_id="C afgekeurd", codes="A05", rij="{}")
    declaratie("W02", zorgvraagtype_gewist=True)
    declaratie("W03 leeg", gemeente_code=None)
    declaratie("W03 onbekend", gemeente_code="GM9999")
    w.rij("bedden", "2024-02", "ZK14", agb_vestiging="1", afdeling_id="110", beschikbare_dagen=10, bezette_dagen=11)
    w.rij("bedden", "2024-02", "ZK14", agb_vestiging="1", afdeling_id="111", beschikbare_dagen=100, bezette_dagen=111)
    w.rij("hic_monitor", "2024-02", "ZK14", agb_vestiging="1", eenheid_id="319", capaciteit=10, bezette_dagen=319)
    w.rij("hic_monitor", "2024-02", "ZK14", agb_vestiging="1", eenheid_id="320", capaciteit=10, bezette_dagen=320)
    w.rij("hic_monitor", "2024-02", "ZK16", agb_vestiging="1", eenheid_id="320", capaciteit=99)  # dubbele sleutel
    w.rij("verzekerden", "2024-02", "ZK16", patient=pseudoniem("uit bericht"), gemeente_code="GM0363")
    w.rij(
        "declaraties",
        "2024-02",
        "ZK16",
        ext="xml",
        declaratie_id="X1",
        patient_pseudoniem=pseudoniem("uit bericht"),
        gemeente_code=None,
        begindatum="2024-01-05",
        prestatiecode="XCO0001",
        agb_vestiging="90140000",
    )


def afgekeurd(marts, naam):
    return marts.execute(
        "select bestand, codes from kwaliteit.afgekeurde_rij where json_extract_string(rij, "
        "'$.declaratie_id') = ? order by bestand, rijnummer",
        [naam],
    ).fetchall()


def geaccepteerd(marts, naam):
    return marts.execute(
        "select aanlevermaand::varchar, iza_regio, leverancier, bestand from staging.stg_declaraties "
        "where declaratie_id = ? order by all",
        [naam],
    ).fetchall()


def test_van_een_sleutel_blijft_de_eerste_maand_regio_en_rij(marts):
    assert [r[:2] for r in geaccepteerd(marts, "A maand")] == [("2024-02-01", "ZK16")]
    assert [r[:2] for r in geaccepteerd(marts, "A regio")] == [("2024-02-01", "ZK14")]
    assert len(geaccepteerd(marts, "A rij")) == 1
    assert afgekeurd(marts, "A rij") == [("declaraties_2024-02_ZK14_0403_v01.csv", "A04")]


def test_sleutel_is_uniek_per_leverancier(marts):
    assert [r[2] for r in geaccepteerd(marts, "A leverancier")] == ["0403", "3311"]


def test_rij_zonder_code_gaat_voor_en_de_andere_krijgt_er_a04_bij(marts):
    assert [r[0] for r in geaccepteerd(marts, "A fout")] == ["2024-03-01"]
    assert afgekeurd(marts, "A fout") == [("declaraties_2024-02_ZK14_0403_v01.csv", "A03,A04")]


def test_afgekeurde_rijen_houden_de_sleutel_en_codes_staan_op_volgorde(marts):
    codes = marts.sql(
        "select codes from kwaliteit.afgekeurde_rij where bestand = 'declaraties_2024-02_ZK14_0403_v01.csv' "
        "order by rijnummer"
    ).fetchall()
    assert ("A01,A05",) in codes and ("A02,A04",) in codes


def test_rij_zonder_sleutel_is_nooit_dubbel(marts):
    assert marts.sql("select count(*) from kwaliteit.afgekeurde_rij where codes = 'A01'").fetchone() == (2,)


def test_vervangen_aanlevering_houdt_haar_tellingen_en_geeft_sleutels_vrij(marts):
    assert marts.sql(
        "select versie, status, code, rijen_gelezen, rijen_geaccepteerd, rijen_afgekeurd from kwaliteit.aanlevering "
        "where iza_regio = 'ZK17' and maand = '2024-02' order by versie"
    ).fetchall() == [(1, "vervangen", None, 3, 2, 1), (2, "actief", None, 1, 1, 0), (3, "geweigerd", "B02", 0, 0, 0)]
    assert len(geaccepteerd(marts, "A vervangen")) == 1


def test_gelezen_is_geaccepteerd_plus_afgekeurd(marts):
    assert marts.sql(
        "select count(*) from kwaliteit.aanlevering where rijen_gelezen <> rijen_geaccepteerd + rijen_afgekeurd "
        "or rijen_gelezen is null"
    ).fetchone() == (0,)


def test_dubbele_sleutel_over_leveranciers_en_regios_in_de_andere_bronnen(marts):
    assert marts.sql(
        "select bestand from kwaliteit.afgekeurde_rij where bron = 'hic_monitor' and codes = 'A04'"
    ).fetchall() == [("hic_monitor_2024-02_ZK16_0403_v01.csv",)]


def test_netto_is_zonder_geaccepteerde_credit_van_dezelfde_leverancier(marts):
    netto = {r[0] for r in marts.sql("select declaratie_id from intermediate.int_prestatie_kenmerk").fetchall()}
    assert "D bekend" not in netto
    assert "D blijft" in netto


def signalen(marts, code, regio="ZK14"):
    return marts.execute(
        "select count(*) from kwaliteit.signaal where code = ? and iza_regio = ?", [code, regio]
    ).fetchone()[0]


def test_credit_zonder_geaccepteerde_debetregel_wacht(marts):
    """De D-regel stond alleen in een vervangen bestand, is zelf een C-regel, of is van een andere leverancier."""
    assert marts.sql(
        "select d.declaratie_id from kwaliteit.signaal s join staging.stg_declaraties d using (bestand, rijnummer) "
        "where s.code = 'W01' and d.iza_regio = 'ZK14' order by 1"
    ).fetchall() == [("C andere",), ("C op C",), ("C oud",)]


def test_signalen_van_privacy_woonregio_en_overbezetting(marts):
    assert signalen(marts, "W02") == 1
    assert signalen(marts, "W03") == 2
    assert marts.sql(
        "select bron, rijnummer from kwaliteit.signaal where code = 'W04' and iza_regio = 'ZK14' order by 1"
    ).fetchall() == [("bedden", 2), ("hic_monitor", 2)]


def test_woongemeente_bij_een_bericht_komt_uit_verzekerden(marts):
    assert marts.sql("select gemeente_code from staging.stg_declaraties where declaratie_id = 'X1'").fetchall() == [
        ("GM0363",)
    ]
    assert signalen(marts, "W03", "ZK16") == 0
