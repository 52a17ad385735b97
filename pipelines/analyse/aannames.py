"""The assumptions of the analyses, read from ``aannames.yaml`` where each stands with its unit and source."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

BESTAND = Path(__file__).with_name("aannames.yaml")


class Aannames(BaseModel):
    """Values only; unit, meaning and source of each stand beside it in the YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    herhalingen: int = Field(ge=2)
    horizon_maanden: int = Field(ge=1)
    basis_maanden: int = Field(ge=1)
    basis_minimum_maanden: int = Field(ge=2)
    seed: int = Field(ge=0)
    interval: float = Field(gt=0, lt=1)
    vooruitblik_maanden: int = Field(ge=1)
    vooruitblik_minimum_maanden: int = Field(ge=14)
    vooruitblik_toets_maanden: int = Field(ge=1)
    vooruitblik_toets_starts: int = Field(ge=1)
    vooruitblik_seizoen_minimum_maanden: int = Field(ge=24)
    vooruitblik_maanden_per_maand_historie: float = Field(gt=0)


@cache
def aannames() -> Aannames:
    inhoud = yaml.safe_load(BESTAND.read_text(encoding="utf-8"))
    return Aannames(**{naam: regel["waarde"] for naam, regel in inhoud.items()})
