"""An action sent without the page that offers it: nothing changes, and the record keeps the attempt.

What a page would do is done here as somebody to whom the page is not given, or for a region that is not theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import menu, session
from dashboard.components import history
from dashboard.views import (
    _accounts_change,
    _accounts_done,
    _accounts_new,
    _accounts_sign_in,
    _entry_changes,
    _periods_done,
    _review_decide,
)
from dashboard.views._entry_drafts import Shown
from tests.attacks.conftest import entered
from tests.attacks.others import (
    OWN,
    SAMPLE,
    SIBLING,
    found,
    kept,
    last_entry,
    make,
    secret_file,
    sheet_of,
    waiting,
)
from tests.attacks.visits import everything
from tests.people import grant
from tests.samples import figure
from trackers.actions import drafts, evidence, figures, handover, periods
from trackers.actions.accounts import disable_account
from trackers.actions.figures import HandIn
from trackers.errors import TrackerError
from trackers.exchange.account_sheet import AccountReading, TakenAccount, import_accounts
from trackers.model.account import Account
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.model.report import EvidenceName
from trackers.queries.figures import Change
from trackers.queries.plans import plan_by_id
from trackers.store.files import content_digest

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NOW, SOON = datetime.now(UTC), date.today() + timedelta(days=9)
QUARTER = Period.parse("2016Q4")
NEW = Account(login="intruder", name="不速之客", grants=(grant("administrator", "100000", below=True),))
THEIRS = Account(login="sibling", name="改名", grants=(grant("reporter", SIBLING),))
SELF = Account(login="reporter", name="某人", grants=(grant("administrator", "100000", below=True),))


def told() -> dict[str, object]:
    return {"by": session.actor(), "at": NOW}


def store():
    return session.run().store


def decide(outcome: str) -> None:
    st.session_state["review-asked"] = (outcome, (waiting(Path(session.run().path)),), "comment")
    st.session_state["comment"] = "随便写写"
    _review_decide.carry_out()


def take_in() -> None:
    reading = AccountReading("表.xlsx", [TakenAccount([2], NEW, Change.NEW, None)], [], [])
    import_accounts(store(), reading, **told())


def put_file() -> None:
    shown = Shown("x", sheet_of(SIBLING), "x", {}, [])
    _entry_changes.put_file(session.run(), shown, "mean", EvidenceName(content_digest(secret_file()), "x.pdf"))


def use_their_file() -> None:
    """Another's evidence named in one's own figure, so as to come to its content."""
    named = EvidenceName(content_digest(secret_file()), "x.pdf")
    given = figure("mean", OWN, "2016Q4", 12000, files=(named,), reason="x")
    figures.submit_figures(store(), SAMPLE, [given], HandIn(origin="page"), **told())


def change_periods(act: Callable[..., object], *rest: object, **more: object) -> None:
    _periods_done.do(partial(act, store(), SAMPLE, *rest, **more, **told()), "已做")


TRIES: dict[str, Callable[[], object]] = {
    "approve_figures": partial(decide, "approved"),
    "return_figures": partial(decide, "returned"),
    "create_account": lambda: _accounts_new._create("intruder", "不速之客", "", "", NEW.grants[0]),
    "import_accounts": take_in,
    "change_account of another": lambda: _accounts_change._change(THEIRS, {"name": "改名"}, "已保存"),
    "change_account of oneself": lambda: _accounts_change._change(SELF, {"grants": SELF.grants}, "已加上"),
    "reset_password": lambda: _accounts_sign_in._reset(THEIRS),
    "disable_account": lambda: _accounts_done.do(lambda: disable_account(store(), "sibling", **told()), "已停用"),
    "hand_over": lambda: _accounts_done.do(lambda: handover.hand_over(store(), "sibling", "reporter", **told()), "已移交"),
    "open_periods": lambda: change_periods(
        periods.open_periods, Level.COUNTY, QUARTER, QUARTER, opens=date.today(), deadline=SOON),
    "close_period": lambda: change_periods(periods.close_period, Level.COUNTY, QUARTER, reason="x"),
    "set_period_rule": lambda: change_periods(periods.set_rule, Level.COUNTY, 99),
    "grant_exception": lambda: change_periods(periods.grant_exception, OWN, QUARTER, reason="x", until=SOON),
    "submit_figures": lambda: figures.submit_figures(
        store(), SAMPLE, [figure("mean", SIBLING, "2016Q4", 1)], HandIn(origin="page"), **told()),
    "submit_figures with another's file": use_their_file,
    "record_figures": lambda: figures.record_figures(
        store(), SAMPLE, [figure("mean", OWN, "2016Q4", 1)], HandIn(origin="page"), **told()),
    "keep_draft": lambda: drafts.keep_draft(store(), sheet_of(SIBLING), {"mean": {"value": "1"}}, **told()),
    "keep_draft with another's file": put_file,
    "add_evidence": lambda: evidence.add_evidence(
        store(), secret_file(), "x.pdf", plan=plan_by_id(store(), SAMPLE), region=SIBLING, **told()),
}  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("without"))


@pytest.fixture(scope="module")
def reporter(database: Path) -> Iterator[Path]:
    """Signed in as somebody who reports for one county, and nothing else."""
    with entered(database, "reporter", grant("reporter", OWN)):
        yield database


def run_as_page(act: Callable[[], object]) -> AppTest:
    """Do it the way a page does: in a run of the script, with whoever is signed in."""

    def script(act):  # type: ignore[no-untyped-def]
        import streamlit as st

        from dashboard import session
        from trackers.errors import TrackerError

        with session.opened():
            try:
                act()
            except TrackerError as error:
                st.error(str(error))

    return AppTest.from_function(script, kwargs={"act": act}, default_timeout=30).run()


@pytest.mark.parametrize("name", TRIES)
def test_what_is_sent_without_its_page_changes_nothing_and_is_kept_as_refused(reporter: Path, name: str):
    before = kept(reporter)
    app = run_as_page(TRIES[name])
    assert not app.exception and len(app.error) == 1 and not app.success, [str(each.value) for each in app.exception]
    after = kept(reporter)
    assert [table for table in before if before[table] != after[table]] == []
    by, action, detail = last_entry(reporter)
    assert (by, action) == ("reporter", name.split()[0]) and detail["refused"]
    assert found(app.error[0].value) == []


def test_evidence_of_others_is_not_handed_out_by_its_digest(reporter: Path):
    with session.opened() as run, pytest.raises(TrackerError) as refusal:
        history._content(str(reporter), run.actor, run.shown, content_digest(secret_file()))
    assert found(str(refusal.value)) == []


# What a browser may say stands in the widgets of pages that were never shown to it.
SEEDS = {
    "do": "change", "account": "sibling", "create": True, "save": True, "reset": True, "hand-over": True, "part": "set",
    "close-period": True, "open-periods": True, "who": "sibling", "words": "新邱", "every": True, "comment": "x",
}  # fmt: skip
GIVEN = {"todo", "cockpit", "across", "screen", "overview", "region", "indicator", "warnings", "plan", "compare", "entry",
         "periods", "supervision", "evaluation"}  # fmt: skip  # to a reporter


@pytest.mark.parametrize("page", [file for file, *_ in menu.PAGES])
def test_widgets_of_pages_that_are_not_given_change_nothing_whatever_they_are_said_to_hold(reporter: Path, page: str):
    before = kept(reporter)
    app = AppTest.from_file(str(APP), default_timeout=60).switch_page(f"views/{page}.py")
    for key, value in SEEDS.items():
        app.session_state[key] = value
    app.session_state["review-asked"] = ("approved", (waiting(reporter),), "comment")
    app.run()
    title = next(title for file, title, _ in menu.PAGES if file == page)
    assert (app.title[0].value == title) == (page in GIVEN), "a page that is not given is not there"
    assert kept(reporter) == before and found(everything(app)) == []
