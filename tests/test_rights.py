"""Every role × every action × every place, against the table that a person can read in docs/rights.md."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import trackers.actions
from tests import outlines
from tests.adjusted import approval, change
from tests.files import PDF
from tests.people import add_person, grant
from tests.samples import OPERATOR, figure_table, indicator
from trackers.actions import (
    accounts,
    adjustments,
    drafts,
    evaluations,
    evidence,
    figure_tables,
    figures,
    findings,
    handover,
    maps,
    periods,
    plans,
    review,
    supervision,
)
from trackers.actions.figures import HandIn
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import ROLE_WORDS, Account, Actor, Role
from trackers.model.adjustment import Change
from trackers.model.finding import Draft, SpotCheck, Subject, Voice
from trackers.model.period import Period
from trackers.model.plan import EvaluationKind, Level, Plan
from trackers.model.region import Region
from trackers.model.report import Figure
from trackers.model.supervision import OrderDraft, OrderLevel
from trackers.queries.assess import assess, trend
from trackers.queries.audit import entries
from trackers.queries.drafts import Sheet
from trackers.queries.evaluations import checklist
from trackers.queries.evidence import open_evidence
from trackers.queries.review import ReportKey, history, pending
from trackers.queries.supervision import order_story, orders
from trackers.store import Store, open_store

AT = datetime(2024, 4, 10, 2, tzinfo=UTC)  # the first quarter of 2024 is open
TODAY, QUARTER = date(2024, 4, 10), Period.parse("2024Q1")
OWN = "210000"
FROZEN, PUBLISHED = EvaluationKind.MIDTERM, EvaluationKind.FINAL
PLACES = {
    "本地区": OWN, "直接下级": "210900", "隔级下级": "210902", "上级": "100000", "平级": "220000", "无关地区": "220100",
}  # fmt: skip
REGIONS = [
    Region(code="100000", name="全国", short="全国", level="nation"),
    Region(code=OWN, name="辽宁省", short="辽宁", level="province", parent="100000"),
    Region(code="210900", name="阜新市", short="阜新", level="city", parent=OWN),
    Region(code="210902", name="海州区", short="海州", level="county", parent="210900"),
    Region(code="220000", name="吉林省", short="吉林", level="province", parent="100000"),
    Region(code="220100", name="长春市", short="长春", level="city", parent="220000"),
]
LEVELS = {region.code: region.level for region in REGIONS}
# What concerns the person alone, or the machine itself, and has no place in the table.
OF_ONESELF = {
    "sign_in", "sign_in_by_identity", "begin_session", "sign_out", "change_password", "keep_open", "drop_draft",
    "first_administrator",
    "demonstration_accounts", "open_demonstration_periods",
}  # fmt: skip
OF_THE_MACHINE = {
    "record_hand_in", "record_tables", "load_regions", "load_published", "load_seeds", "restore_database", "submit_hand_in",
}  # fmt: skip


def plan_at(region: str, id: str) -> Plan:
    own = [indicator(level, level=level, targets=[{"year": 2025, "comparator": ">=", "value": 100,
           "confidence": "secondary", "reference": "样例"}]) for level in Level if level is not Level.AREA]  # fmt: skip
    asked = [each for each in own if region == "100000" or each["level"] == LEVELS[region]]
    return Plan.model_validate({
        "id": id, "title": id, "short": id, "region": region, "start": 2021, "end": 2025, "milestones": [2025],
        "indicators": asked,
    })  # fmt: skip


WHOLE = plan_at("100000", "whole")


def figure(region: str, value: float = 5, **more: object) -> Figure:
    return Figure(indicator=LEVELS[region].value, region=region, period=QUARTER, value=value, **more)


def own_plan(region: str) -> str:
    return f"plan-{region}"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[Store]:
    """Every region has two accounts, an approved and a pending figure with its evidence, and a plan of its own.

    One evaluation of that plan is frozen and another published: a judgement takes long, so they are not made anew.
    """
    with open_store(tmp_path_factory.mktemp("rights") / "tracker.db", create=True) as store:
        plans.load_regions(store, REGIONS, by=OPERATOR, at=AT)
        owned = [plan_at(code, own_plan(code)) for code in PLACES.values()]
        plans.load_plans(store, [WHOLE, plan_at("100000", "second"), *owned], by=OPERATOR, at=AT)
        for code in PLACES.values():
            add_person(store, f"gone-{code}", grant("reporter", code))
            reporter = add_person(store, f"user-{code}", grant("reporter", code))
            file = evidence.add_evidence(store, PDF + code.encode(), "证明.pdf", plan=WHOLE, region=code, by=reporter, at=AT)
            before = figure(code).model_copy(update={"period": Period.parse("2023Q4")})
            for id in ("whole", "second"):
                figures.record_figures(store, id, [before], HandIn(origin="import"), by=OPERATOR, at=AT)
            issue(store, "whole", code)
            figures.submit_figures(store, "whole", [figure(code, files=(file,))], HandIn(origin="page"), by=reporter, at=AT)
            figures.record_figures(store, own_plan(code), [before], HandIn(origin="import"), by=OPERATOR, at=AT)
            for kind in (FROZEN, PUBLISHED):
                evaluations.freeze(store, evaluated(store, code, kind), despite="缺数", by=OPERATOR, at=AT)
            evaluations.publish(store, published(store, code), by=OPERATOR, at=AT)
        add_person(store, "last", grant("administrator", "100000", below=True))
        yield store


def key_of(store: Store, region: str) -> ReportKey:
    rows = store.rows("series_in", plan="whole", regions=f'["{region}"]')
    return ReportKey(rows[0]["series_id"], QUARTER.number, 1)


def digest_of(store: Store, region: str) -> str:
    by = (f"user-{region}",)
    return str(store.connection.execute("SELECT digest FROM evidence_file WHERE by = ?", by).fetchone()[0])


def issue(store: Store, plan: str, region: str, *, by: Actor = OPERATOR) -> int:
    """An order over the region's figure, which lags; its id."""
    draft = OrderDraft(plan=plan, indicator=LEVELS[region], region=region, day=TODAY, level=OrderLevel.ORDER,
                       asked="请说明", due=TODAY)  # fmt: skip
    return supervision.issue_orders(store, [draft], by=by, at=AT)[0].id


def ordered(store: Store, region: str) -> int:
    """The order that every region has."""
    sent = "SELECT o.id FROM supervision_order AS o JOIN region AS r ON r.id = o.region_id WHERE r.code = ?"
    return int(store.connection.execute(sent, (region,)).fetchone()[0])


def answered(store: Store, region: str, *, by: Actor = OPERATOR) -> int:
    """The same, with an answer."""
    supervision.answer_order(store, ordered(store, region), "加紧", until=TODAY, by=by, at=AT)
    return ordered(store, region)


def close_turned(store: Store, who: Actor, region: str) -> None:
    """The figure under the order lags no longer."""
    caught_up = figure(region, 90).model_copy(update={"period": Period.parse("2023Q4")})
    figures.record_figures(store, "whole", [caught_up], HandIn(origin="import"), by=OPERATOR, at=AT)
    listed(bool(supervision.close_turned(store, by=who, at=AT)))


def shift(region: str, **more: object) -> Change:
    own = {"plan": own_plan(region), "indicator": LEVELS[region].value, "year": 2025, **more}
    return change().model_copy(update=own)


def proposed(store: Store, region: str, *, examined: bool = False) -> int:
    """A proposal of the operator's for the region's own plan."""
    (id,) = adjustments.propose_changes(store, [shift(region)], by=OPERATOR, at=AT)
    if examined:
        adjustments.examine_change(store, id, passes=True, by=OPERATOR, at=AT)
    return id


def evaluated(
    store: Store, region: str, kind: EvaluationKind = EvaluationKind.ANNUAL, *, by: Actor = OPERATOR
) -> int:
    """An open evaluation of the region's own plan, in which one figure is reported; its id."""
    return evaluations.open_evaluation(store, own_plan(region), kind, date(2023, 12, 31), by=by, at=AT).id


def frozen(store: Store, region: str, kind: EvaluationKind = FROZEN) -> int:
    """The evaluation of the region's own plan that is frozen."""
    there = "SELECT e.id FROM evaluation AS e JOIN plan AS p ON p.id = e.plan_id WHERE p.code = ? AND e.kind = ?"
    return int(store.connection.execute(there, (own_plan(region), kind)).fetchone()[0])


def published(store: Store, region: str) -> int:
    """The one that is published."""
    return frozen(store, region, PUBLISHED)


def third(store: Store, region: str) -> str:
    """The login of a third party for the region."""
    return add_person(store, "third", grant("third_party", region)).login


def given_to(store: Store, region: str, who: Actor) -> int:
    """An open evaluation that was given to the person where they are a third party there; else to nobody."""
    id = evaluated(store, region)
    with suppress(RefusedError, UnknownNameError):
        evaluations.assign(store, id, who.login, by=OPERATOR, at=AT)
    return id


def given(store: Store, region: str) -> tuple[int, str]:
    """An open evaluation that was given to a third party, and their login."""
    id, login = evaluated(store, region), third(store, region)
    evaluations.assign(store, id, login, by=OPERATOR, at=AT)
    return id, login


def said(region: str, voice: Voice) -> Draft:
    told = {"subject": Subject.INDICATOR, "code": LEVELS[region].value, "region": region, "explained": "经费不够"}
    return Draft(**told, voice=voice)


def checked(store: Store, region: str, *, by: Actor = OPERATOR) -> SpotCheck:
    """A figure taken out for a check."""
    place = (LEVELS[region].value, region, "2023Q4")
    return findings.choose_checks(store, evaluated(store, region), [place], by=by, at=AT)[0]


def mapped(store: Store, region: str, *, by: Actor) -> None:
    """A map that the operator added, put away."""
    maps.add_map(store, outlines.of(region), "图.json", outlines.NUMBER, by=OPERATOR, at=AT)
    maps.remove_map(store, region, by=by, at=AT)


def account(login: str, region: str, name: str = "某人") -> Account:
    return Account(login=login, name=name, grants=(grant("reporter", region),))


def listed(found: bool) -> None:
    """A list that leaves out what the person may not see refuses it as an error would."""
    if not found:
        raise ForbiddenError("列出")


Try = Callable[[Store, Actor, str], object]
TRIES: dict[str, Try] = {
    "assess": lambda s, who, r: listed(not assess(s, WHOLE, TODAY, by=who, region=r).empty),
    "trend": lambda s, who, r: trend(s, WHOLE, LEVELS[r].value, r, TODAY, by=who),
    "history": lambda s, who, r: history(s, "whole", LEVELS[r].value, r, by=who),
    "open_evidence": lambda s, who, r: open_evidence(s, digest_of(s, r), by=who),
    "keep_draft": lambda s, who, r: drafts.keep_draft(
        s, Sheet("whole", r, QUARTER), {LEVELS[r].value: {"value": "7"}}, by=who, at=AT),
    "add_evidence": lambda s, who, r: evidence.add_evidence(s, PDF, "新.pdf", plan=WHOLE, region=r, by=who, at=AT),
    "submit_figures": lambda s, who, r: figures.submit_figures(
        s, "whole", [figure(r, 8)], HandIn(origin="page"), by=who, at=AT),
    "pending": lambda s, who, r: listed(r in set(pending(s, by=who, on=TODAY)["region"])),
    "approve": lambda s, who, r: review.approve(s, [key_of(s, r)], by=who, at=AT),
    "give_back": lambda s, who, r: review.give_back(s, [key_of(s, r)], comment="请核对", by=who, at=AT),
    "grant_exception": lambda s, who, r: periods.grant_exception(
        s, "whole", r, Period.parse("2023Q4"), reason="补报", until=date(2024, 5, 1), by=who, at=AT),
    "set_rule": lambda s, who, r: periods.set_rule(s, own_plan(r), LEVELS[r], 20, by=who, at=AT),
    "open_periods": lambda s, who, r: periods.open_periods(
        s, own_plan(r), LEVELS[r], QUARTER, QUARTER, opens=TODAY, deadline=date(2024, 5, 1), by=who, at=AT),
    "close_period": lambda s, who, r: periods.close_period(
        s, own_plan(r), LEVELS[r], QUARTER, reason="暂停", by=who, at=AT),
    "create_account": lambda s, who, r: accounts.create_account(
        s, account("new-one", r), password=None, by=who, at=AT),
    "change_account": lambda s, who, r: accounts.change_account(s, account(f"user-{r}", r, "改名"), by=who, at=AT),
    "disable_account": lambda s, who, r: accounts.disable_account(s, f"user-{r}", by=who, at=AT),
    "enable_account": lambda s, who, r: accounts.enable_account(s, f"user-{r}", by=who, at=AT),
    "reset_password": lambda s, who, r: accounts.reset_password(s, f"user-{r}", by=who, at=AT),
    "take_accounts": lambda s, who, r: accounts.take_accounts(s, [account("new-two", r)], "账号.xlsx", by=who, at=AT),
    "add_map": lambda s, who, r: maps.add_map(s, outlines.of(r), "图.json", outlines.NUMBER, by=who, at=AT),
    "remove_map": lambda s, who, r: mapped(s, r, by=who),
    "hand_over": lambda s, who, r: handover.hand_over(s, f"gone-{r}", f"user-{r}", by=who, at=AT),
    "entries": lambda s, who, r: listed(f"user-{r}" in set(entries(s, by=who)["by"])),
    "orders": lambda s, who, r: listed(r in set(orders(s, by=who, on=TODAY)["region"])),
    "order_story": lambda s, who, r: order_story(s, ordered(s, r), by=who),
    "issue_orders": lambda s, who, r: issue(s, "second", r, by=who),
    "answer_order": lambda s, who, r: answered(s, r, by=who),
    "accept_answer": lambda s, who, r: supervision.accept_answer(s, answered(s, r), by=who, at=AT),
    "return_answer": lambda s, who, r: supervision.return_answer(s, answered(s, r), comment="不全", by=who, at=AT),
    "close_order": lambda s, who, r: supervision.close_order(s, ordered(s, r), reason="撤销", by=who, at=AT),
    "close_turned": close_turned,
    "open_evaluation": lambda s, who, r: evaluated(s, r, by=who),
    "assign": lambda s, who, r: evaluations.assign(s, evaluated(s, r), third(s, r), by=who, at=AT),
    "unassign": lambda s, who, r: evaluations.unassign(s, *given(s, r), by=who, at=AT),
    "checklist": lambda s, who, r: checklist(s, evaluated(s, r), by=who, on=TODAY),
    "freeze": lambda s, who, r: evaluations.freeze(s, evaluated(s, r), despite="缺数", by=who, at=AT),
    "reopen": lambda s, who, r: evaluations.reopen(s, frozen(s, r), reason="更正", by=who, at=AT),
    "publish": lambda s, who, r: evaluations.publish(s, frozen(s, r), by=who, at=AT),
    "withdraw": lambda s, who, r: evaluations.withdraw(s, published(s, r), reason="有误", by=who, at=AT),
    "write_self_assessment": lambda s, who, r: findings.write_finding(
        s, evaluated(s, r), said(r, Voice.SELF), by=who, at=AT),
    "write_finding": lambda s, who, r: findings.write_finding(
        s, evaluated(s, r), said(r, Voice.EVALUATOR), by=who, at=AT),
    "write_beside": lambda s, who, r: findings.write_finding(
        s, given_to(s, r, who), said(r, Voice.THIRD_PARTY), by=who, at=AT),
    "comment_finding": lambda s, who, r: findings.comment_finding(
        s, findings.write_finding(s, evaluated(s, r), said(r, Voice.EVALUATOR), by=OPERATOR, at=AT).id, "看过", by=who, at=AT),
    "draw_checks": lambda s, who, r: findings.draw_checks(s, evaluated(s, r), 1, by=who, at=AT),
    "choose_checks": lambda s, who, r: checked(s, r, by=who),
    "record_check": lambda s, who, r: findings.record_check(s, checked(s, r).id, 5, "台账", by=who, at=AT),
    "record_figures": lambda s, who, r: figures.record_figures(
        s, "whole", [figure(r, 9)], HandIn(origin="import"), by=who, at=AT),
    "record_table": lambda s, who, r: figure_tables.record_table(
        s, "whole", figure_table(figure(r, 9)), HandIn(origin="import"), by=who, at=AT),
    "propose_changes": lambda s, who, r: adjustments.propose_changes(s, [shift(r)], by=who, at=AT),
    "examine_change": lambda s, who, r: adjustments.examine_change(s, proposed(s, r), passes=True, by=who, at=AT),
    "approve_change": lambda s, who, r: adjustments.approve_change(
        s, proposed(s, r, examined=True), approval("2023-01-01"), by=who, at=AT),
    "reject_change": lambda s, who, r: adjustments.reject_change(
        s, proposed(s, r, examined=True), comment="未批准", by=who, at=AT),
    "withdraw_change": lambda s, who, r: adjustments.withdraw_change(
        s, adjustments.propose_changes(s, [shift(r)], by=who, at=AT)[0], by=who, at=AT),
    "load_plans": lambda s, who, r: plans.load_plans(s, [plan_at(r, "another")], by=who, at=AT),
}  # fmt: skip


class Undo(Exception):
    pass


def may(store: Store, attempt: Try, who: Actor, region: str) -> bool:
    """Whether the attempt goes through; whatever it did is undone."""
    try:
        with store.writing():
            attempt(store, who, region)
            raise Undo
    except Undo:
        return True
    except ForbiddenError:
        return False


def table() -> dict[tuple[str, str], set[str]]:
    """(action, place) → the roles of docs/rights.md, those with ＋ as they stand there."""
    text = (Path(__file__).parents[1] / "docs" / "rights.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    places = rows[0][1:]
    found = {}
    for row in rows[2:]:
        (action,) = re.findall(r"[a-z_]+", row[0])
        found |= {(action, place): set(cell.split()) for place, cell in zip(places, row[1:], strict=True)}
    return found


@pytest.mark.parametrize("below", [False, True], ids=["itself", "below"])
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says_and_nothing_else(prepared, role, below):
    login = f"{role}-{below}".lower()
    who = add_person(prepared, login, grant(role, OWN, below=below))
    expected, found = {}, {}
    for (action, place), roles in table().items():
        expected[action, place] = ROLE_WORDS[role] in roles or (below and ROLE_WORDS[role] + "＋" in roles)
        found[action, place] = may(prepared, TRIES[action], who, PLACES[place])
    assert found == expected


def test_a_role_limited_to_a_plan_reaches_no_other(prepared):
    who = add_person(prepared, "limited", grant("reporter", OWN, plans=(own_plan(OWN),)))
    assert not may(prepared, TRIES["submit_figures"], who, OWN)
    assert not may(prepared, TRIES["assess"], who, OWN)


def test_somebody_unknown_or_disabled_may_do_nothing(prepared):
    with pytest.raises(ForbiddenError), prepared.writing():
        who = add_person(prepared, "leaving", grant("administrator", "100000", below=True))
        accounts.disable_account(prepared, "leaving", by=OPERATOR, at=AT)
        assert not any(may(prepared, attempt, who, OWN) for attempt in TRIES.values())
        TRIES["create_account"](prepared, who, OWN)
    assert not any(may(prepared, attempt, Actor(login="nobody"), OWN) for attempt in TRIES.values())


def test_the_operator_may_do_everything(prepared):
    refused = [action for action, attempt in TRIES.items() if not may(prepared, attempt, OPERATOR, OWN)]
    assert refused == []


def test_the_table_names_every_action():
    actions = set()
    for module in iter_modules(trackers.actions.__path__):
        for name, function in inspect.getmembers(import_module(f"trackers.actions.{module.name}"), inspect.isfunction):
            public = not name.startswith("_") and function.__module__ == f"trackers.actions.{module.name}"
            if public and "at" in inspect.signature(function).parameters:
                actions.add(name)
    told = {action for action, _ in table()}
    helpers = {"recorded", "refusals", "utc_text"}
    assert actions - told - OF_ONESELF - OF_THE_MACHINE - helpers == set()
    assert told == set(TRIES)
