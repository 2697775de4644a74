"""A database in which each region has figures that no other has: whatever shows one of them shows that region's."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.files import PDF
from tests.people import add_person, grant
from tests.samples import OPERATOR, REGIONS, figure, indicator, new_store, ratio, record, sample_plan
from tests.waiting import wait
from tests.windows import open_county
from trackers.actions import accounts, drafts, evidence, review
from trackers.actions.figures import HandIn, record_figures
from trackers.actions.periods import grant_exception
from trackers.actions.plans import load_plans, load_regions
from trackers.model.account import Account, Actor
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.region import Region
from trackers.queries.drafts import Sheet
from trackers.queries.review import ReportKey
from trackers.store import Store, open_store

NOW = datetime.now(UTC)
OWN, SIBLING, PARENT, FOREIGN = "210902", "210903", "210900", "220100"
WHO = Actor(login="reporter")  # reports for OWN alone
SAMPLE, FOREIGN_PLAN = "sample-2013", "foreign-2013"
# What belongs to others: figures, and words beside them.
SECRETS = {
    SIBLING: ("74193", "68241", "74297", "54321", "98765", "新邱密语", "新邱证明", "新邱草稿"),
    PARENT: ("83914", "83927", "68246", "42652", "54326", "98775", "阜新密语"),  # and what is put together from those below
    FOREIGN: ("95183", "95279", "长春密语"),
}
OWN_FIGURE = "11111"


def make(folder: Path) -> Path:
    """The database with approved, waiting and returned figures, drafts, evidence, accounts of each region."""
    with new_store(folder) as store:
        load_regions(store, [*REGIONS, *_jilin()], by=OPERATOR, at=NOW)
        load_plans(store, [_foreign_plan()], by=OPERATOR, at=NOW)
        open_county(store, SAMPLE, "2015Q1", "2017Q4")
        for login, region in (("reporter", OWN), ("sibling", SIBLING), ("parent", PARENT), ("foreign", FOREIGN)):
            account = Account(login=login, name=f"{login}的姓名", grants=(grant("reporter", region),))
            accounts.create_account(store, account, password=None, by=OPERATOR, at=NOW)
        add_person(store, "chief", grant("administrator", "100000", below=True))
        _figures(store)
        return store.path


def _jilin() -> list[Region]:
    return [
        Region(code="220000", name="吉林省", short="吉林", level="province", parent="100000"),
        Region(code=FOREIGN, name="长春市", short="长春", level="city", parent="220000"),
    ]


def _foreign_plan() -> Plan:
    return sample_plan(id=FOREIGN_PLAN, title="外地规划", short="外地", region=FOREIGN, indicators=[indicator("own")])


def _figures(store: Store) -> None:
    sibling, parent = Actor(login="sibling"), Actor(login="parent")
    told = {"note": "新邱密语", "evidence": "新邱证明"}
    record(store, figure("mean", OWN, "2015Q4", 11111), figure("summed", OWN, "2015Q4", 5), ratio(OWN, "2015", 5, 10))
    record(
        store, figure("mean", SIBLING, "2015Q4", 74193, **told), figure("summed", SIBLING, "2015Q4", 68241, **told),
        ratio(SIBLING, "2015", 54321, 98765), figure("own", PARENT, "2015Q4", 83914, note="阜新密语"),
    )  # fmt: skip
    wait(store, figure("mean", SIBLING, "2016Q4", 74297, **told), by=sibling)
    wait(store, figure("own", PARENT, "2016Q4", 83927, note="阜新密语"), by=parent)
    (returned,) = wait(store, figure("summed", SIBLING, "2016Q4", 74297, **told), by=sibling)
    review.give_back(store, [returned], comment="新邱密语", by=OPERATOR, at=NOW)
    foreign = [figure("own", FOREIGN, "2015Q4", 95183, note="长春密语"), figure("own", FOREIGN, "2016Q4", 95279)]
    record_figures(store, FOREIGN_PLAN, foreign, HandIn(origin="import"), by=OPERATOR, at=NOW)
    cells = {"mean": {"value": "74297", "note": "新邱草稿"}}
    drafts.keep_draft(store, sheet_of(SIBLING), cells, by=sibling, at=NOW)
    evidence.add_evidence(store, secret_file(), "新邱证明.pdf", plan=sample_plan(), region=SIBLING, by=sibling, at=NOW)
    later = {"reason": "新邱密语", "until": (NOW + timedelta(days=9)).date(), "by": OPERATOR, "at": NOW}
    grant_exception(store, SAMPLE, SIBLING, Period.parse("2015Q4"), **later)


def secret_file() -> bytes:
    return PDF + "新邱密语".encode()


def sheet_of(region: str) -> Sheet:
    return Sheet(SAMPLE, region, Period.parse("2016Q4"))


def waiting(path: Path) -> ReportKey:
    """The sibling's figure that waits."""
    with open_store(path) as store:
        row = store.connection.execute(
            "SELECT series_id, period, revision FROM report WHERE approved_at IS NULL AND review_id IS NULL AND value = 74297"
        ).fetchone()
        return ReportKey(*row)


def found(text: str) -> list[str]:
    """What of others' can be read in a text."""
    return [secret for own in SECRETS.values() for secret in own if secret in text]


def kept(path: Path) -> dict[str, str]:
    """All that is kept, by table, without what says that somebody looked or tried."""
    with open_store(path) as store:
        run = store.connection.execute
        tables = [row[0] for row in run("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")]
        return {
            table: json.dumps(sorted(map(repr, run(f"SELECT * FROM [{table}]"))))
            for table in tables if table not in ("audit", "session", "known_browser", "sqlite_schema")
        }  # fmt: skip


def last_entry(path: Path) -> tuple[str, str, dict[str, object]]:
    """Who did what last, and what the record says of it."""
    with open_store(path) as store:
        by, action, detail = store.connection.execute("SELECT by, action, detail FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        return by, action, json.loads(detail)
