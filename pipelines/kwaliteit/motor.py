"""DuckDB as Great Expectations can use it: through SQLAlchemy's own door for dialects, without touching either.

Belongs here: the dialect. Does not belong here: what is asked of it (``toets``). Importing this module loads SQLAlchemy.

DuckDB speaks the SQL of PostgreSQL and ``duckdb_engine`` is a dialect of it, but Great Expectations goes by the name: under its own
name it knows no regular expressions of it. It also reads a result after it has closed the connection, by which time SQLAlchemy
has rolled back, and DuckDB has dropped the result. A suite writes nothing: there is no transaction to keep.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import duckdb_engine
from sqlalchemy.dialects import registry

_NAAM = "duckdb_in_dit_proces"
_OPEN: dict[str, duckdb.DuckDBPyConnection] = {}


class DuckDB(duckdb_engine.Dialect):
    """A regular expression with ``~`` must fit the whole text, where PostgreSQL looks for a part of it: anchor it."""

    name = "postgresql"
    supports_statement_cache = True

    def connect(self, *_args, database: str, **_rest) -> duckdb_engine.ConnectionWrapper:
        """To a database that this process holds open, so that nothing need be written to a file for it."""
        return duckdb_engine.ConnectionWrapper(_OPEN[database].cursor())

    def do_begin(self, dbapi_connection) -> None: ...

    def do_commit(self, dbapi_connection) -> None: ...

    def do_rollback(self, dbapi_connection) -> None: ...


registry.register(_NAAM, __name__, DuckDB.__name__)


@contextmanager
def toegankelijk(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The connection string under which ``con`` can be reached, as long as this lasts."""
    _OPEN[sleutel := f"{id(con):x}"] = con
    try:
        yield f"{_NAAM}:///{sleutel}"
    finally:
        del _OPEN[sleutel]
