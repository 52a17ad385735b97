"""Settings of an installation: where data lies, what the machine may use, and secrets from the environment.

Belongs here: paths, resources and keys. Does not belong here: norms, windows and thresholds of the figures; those are rows
in ``seeds/`` (``norm.csv``, ``episode_parameter.csv``), where a steward can read and change them with their source.
"""

import re
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
UITGECHECKT = (PROJECT / "pyproject.toml").is_file()


def van_project(naam: str) -> Path:
    """A folder or file of the project that lies beside the package; an installed wheel carries it in the package."""
    return PROJECT / naam if UITGECHECKT else PROJECT / "pipelines" / "meegeleverd" / naam


TIJDZONE = "Europe/Amsterdam"  # of terms and of the schedule; moments are kept in UTC


class Instellingen(BaseSettings):
    """Read from environment variables with prefix ``GGZ_`` (``GGZ_DATA``, ``GGZ_GEHEUGEN``, ..)."""

    model_config = SettingsConfigDict(env_prefix="GGZ_", extra="ignore")

    data: Path = Field(Path("data"), description="root of all data (spec 7)")
    geheugen: str = Field("8GB", description="memory limit of DuckDB")
    threads: int = Field(2, ge=1, description="threads of DuckDB")
    pseudoniem_sleutel: SecretStr | None = Field(
        None, description="key of the pseudonyms, at least 32 bytes (spec 1.6)"
    )

    def model_post_init(self, _context) -> None:
        self.data = self.data.expanduser().resolve()

    rust: float | None = Field(
        None,
        ge=0,
        description="seconds that a file in landing must be left alone before it is taken in: half an upload is no delivery; "
        "not set: a minute for sensor and schedule, two seconds for ggz run",
    )
    leestijd: float = Field(1800, gt=0, description="seconds that reading one file may take")
    leesgeheugen: int = Field(4096, ge=512, description="MB of memory that reading one file may take")

    @property
    def bezwaar(self) -> str | None:
        """Why nothing can be kept in ``data``, in words; None where it can."""
        if re.search("[?\x00-\x1f\x7f\ud800-\udfff]", str(self.data)):
            return (
                f"In de map {str(self.data)!a} (GGZ_DATA) staat een vraagteken, een besturingsteken of iets dat geen UTF-8 is, en daarmee "
                "kan Dagster er zijn administratie niet bewaren. Kies een map met een andere naam."
            )
        return None

    @property
    def landing(self) -> Path:
        """The deliveries; only ever read."""
        return self.data / "landing"

    @property
    def opslag(self) -> Path:
        """Rows read, one parquet file per delivery; rebuilt from landing when lost."""
        return self.data / "aanlevering"

    @property
    def register(self) -> Path:
        """SQLite file with what was delivered and judged; survives a rebuild of the warehouse."""
        return self.data / "register.sqlite"

    @property
    def aanbieders(self) -> Path:
        """Register of names (agb, naam, plaats) that the screens put to AGB codes; may be absent."""
        return self.data / "aanbieders.csv"

    @property
    def definities(self) -> Path:
        """Versions of the definition that stewards took in, one file per version."""
        return self.data / "instellingen" / "definities"

    @property
    def warehouse(self) -> Path:
        """DuckDB file, written by the pipeline alone."""
        return self.data / "warehouse.duckdb"

    @property
    def resultaten(self) -> Path:
        """What every check of every run saw, one parquet file per run and step; survives a rebuild of the warehouse."""
        return self.data / "kwaliteit" / "resultaat"

    @property
    def publicaties(self) -> Path:
        """Frozen vintages, and ``actueel`` for the newest (spec 5)."""
        return self.data / "publicaties"

    @property
    def datadocs(self) -> Path:
        """Great Expectations Data Docs, readable offline."""
        return self.data / "datadocs"
