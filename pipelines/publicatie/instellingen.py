"""Settings of publication: thresholds of disclosure control, formats per audience, retention, limits of `ggz sql`.

Read from the environment with prefix ``GGZ_PUBLICATIE_``. What a table or column counts stands in seeds/publicatie_*.csv.
"""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines.publicatie.onthulling.lezer import Eis

Formaat = Literal["parquet", "csv", "xlsx"]


class PublicatieInstellingen(BaseSettings):
    """The DuckDB file is always made; ``ggz sql`` and the screens read it."""

    model_config = SettingsConfigDict(env_prefix="GGZ_PUBLICATIE_", extra="ignore")

    drempel: int = Field(10, ge=2, description="smallest count that the public version shows (spec 5.3)")
    spanwijdte: int = Field(10, ge=2, description="an interval this wide protects a withheld cell (spec 5.3)")
    speling_bij_merk: int = Field(3, ge=1, description="play that a small count keeps for who uses the mark 'primair'")
    afronden_op: int = Field(
        0, ge=0, description="0 = withhold small counts; 5 = round all counts to multiples of 5 instead"
    )
    tafels_lezen_mee: bool = Field(
        True, description="protect against each regional tafel too, which knows the figures of its own region"
    )
    vorige: int | None = Field(
        None,
        ge=0,
        description="earlier publications that the audit takes into account; None = all, for a reader may hold them",
    )
    tegenproef: str = Field(
        "",
        description="command that must end with status 0 before a publication is put in place; it gets the folder as its last argument",
    )
    onbekend_verband_blokkeert: bool = Field(
        False,
        description="a relation between public figures that was found, that the audit cannot take along and that nobody refused holds the "
        "publication up; else it is told and named in the manifest",
    )
    bewaren: int = Field(0, ge=0, description="vintages to keep; 0 = all")
    formaten_landelijk: tuple[Formaat, ...] = ("parquet", "csv", "xlsx")
    formaten_regio: tuple[Formaat, ...] = ("parquet", "csv", "xlsx")
    formaten_publiek: tuple[Formaat, ...] = ("parquet", "csv", "xlsx")
    sql_seconden: float = Field(30, gt=0, description="a query of `ggz sql` is stopped after this many seconds")
    sql_geheugen: str = Field("1GB", description="memory limit of a query of `ggz sql`")

    @property
    def eis(self) -> Eis:
        return Eis(self.drempel, self.spanwijdte, self.speling_bij_merk)

    def formaten(self, publiek: str) -> tuple[Formaat, ...]:
        return {"landelijk": self.formaten_landelijk, "publiek": self.formaten_publiek}.get(
            publiek, self.formaten_regio
        )

    def inhoud(self) -> dict:
        """The settings that decide what a publication says (not how it looks or how long it is kept)."""
        return self.model_dump(
            include={"drempel", "spanwijdte", "speling_bij_merk", "afronden_op", "tafels_lezen_mee", "vorige"}
        )
