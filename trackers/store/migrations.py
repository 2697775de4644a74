"""The steps from an empty file to the present tables, each applied once and recorded in the database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x4D505431  # "MPT1"

MIGRATIONS = Migrations("tracker")
# Every step this program knows.
STEPS = frozenset(
    {
        "m0001_first_tables", "m0002_what_was_loaded", "m0003_people_and_review", "m0004_adjustments",
        "m0005_supervision", "m0006_evaluations", "m0007_quick_looks", "m0008_map_files", "m0009_packed_rows",
        "m0010_first_and_last_series", "m0011_assignments_taken_back", "m0012_one_time_passwords",
    }  # fmt: skip
)


@MIGRATIONS()
def m0001_first_tables(db: Database) -> None:
    """Regions, plans, series, the log of reports, maintained rows, published figures, the record."""
    _run(db, "0001_first_tables.sql")


@MIGRATIONS()
def m0002_what_was_loaded(db: Database) -> None:
    """Which seed files, and whether demonstration figures, the database was filled with."""
    _run(db, "0002_what_was_loaded.sql")


@MIGRATIONS()
def m0003_people_and_review(db: Database) -> None:
    """Accounts and what they may do, sessions, drafts, evidence, decisions of reviewers, times of entry."""
    _run(db, "0003_people_and_review.sql")


@MIGRATIONS()
def m0004_adjustments(db: Database) -> None:
    """Targets changed by a reasoned proposal, shared out to years and regions, or confirmed."""
    _run(db, "0004_adjustments.sql")


@MIGRATIONS()
def m0005_supervision(db: Database) -> None:
    """Supervision orders, what the regions answer, and how they were closed."""
    _run(db, "0005_supervision.sql")


@MIGRATIONS()
def m0006_evaluations(db: Database) -> None:
    """Evaluation rounds with what was frozen, findings, spot checks."""
    _run(db, "0006_evaluations.sql")


@MIGRATIONS()
def m0007_quick_looks(db: Database) -> None:
    """By what is seen that the approved figures of an indicator are no longer the same."""
    _run(db, "0007_quick_looks.sql")


@MIGRATIONS()
def m0008_map_files(db: Database) -> None:
    """Map files with the number of their review."""
    _run(db, "0008_map_files.sql")


@MIGRATIONS()
def m0009_packed_rows(db: Database) -> None:
    """The maintained rows as bytes too, for judging a nation."""
    _run(db, "0009_packed_rows.sql")


@MIGRATIONS()
def m0010_first_and_last_series(db: Database) -> None:
    """Where the series of an indicator begin and end."""
    _run(db, "0010_first_and_last_series.sql")


@MIGRATIONS()
def m0011_assignments_taken_back(db: Database) -> None:
    """Assignments of third parties that are taken back, and given again."""
    _run(db, "0011_assignments_taken_back.sql")


@MIGRATIONS()
def m0012_one_time_passwords(db: Database) -> None:
    """Since when a one-time password holds."""
    _run(db, "0012_one_time_passwords.sql")


def _run(db: Database, file: str) -> None:
    """Run each statement of a file; `executescript` would commit the transaction it stands in."""
    statement = ""
    for line in (Path(__file__).parent / "schema" / file).read_text(encoding="utf-8").splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""
