"""A database in which every text that a person can enter is an attack, each entered the way a person would."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from dashboard.viewmodels.entry_check import with_files
from tests import outlines
from tests.attacks.documents import COUNTY, NOW, PLACES, attacked_plan, attacked_published, attacked_regions
from tests.attacks.evaluated import evaluated
from tests.attacks.texts import ATTACKS, NAME, TOGETHER, VOICES
from tests.files import PDF
from tests.made import made_once
from tests.people import add_person, grant
from trackers.actions import (
    accounts,
    adjustments,
    drafts,
    evidence,
    figures,
    maps,
    periods,
    plans,
    review,
    signing,
    supervision,
)
from trackers.actions.figures import HandIn
from trackers.errors import TrackerError
from trackers.exchange.account_sheet import import_accounts, read_accounts
from trackers.exchange.import_figures import import_figures, read_figures
from trackers.model.account import Account, Actor, operator
from trackers.model.account_words import typed_account
from trackers.model.adjustment import Approval, Change, Kind
from trackers.model.period import Period
from trackers.model.plan import Level, Plan
from trackers.model.report import EvidenceName, Figure
from trackers.model.supervision import OrderDraft, OrderLevel
from trackers.model.wording import BEIJING
from trackers.queries.drafts import Sheet
from trackers.queries.plans import plan_by_id
from trackers.queries.review import ReportKey
from trackers.store import Store, open_store

TODAY = NOW.astimezone(BEIJING).date()
SOON = TODAY + timedelta(days=30)
ROOT = operator("root")
APPROVED, RETURNED, WAITING = "2015Q4", "2016Q4", "2017Q4"
Refused = dict[tuple[str, str], str]  # column, attack → the sentence with which it was not taken


def indicator_of(name: str) -> str:
    return f"i{list(ATTACKS).index(name)}"


def filled(factory: pytest.TempPathFactory) -> tuple[Path, Refused]:
    """The database, and what was refused while it was filled."""
    folder = made_once(factory, "attacked", _fill)
    refused = json.loads((folder / "refused.json").read_text(encoding="utf-8"))
    return folder / "attacked.db", {(column, attack): sentence for column, attack, sentence in refused}


def _fill(folder: Path) -> None:
    with open_store(folder / "attacked.db", create=True) as store:
        plans.load_regions(store, attacked_regions(), by=ROOT, at=NOW)
        plans.load_plans(store, [attacked_plan(voice, every=voice == VOICES[0]) for voice in VOICES], by=ROOT, at=NOW)
        plans.load_published(store, [attacked_published(voice) for voice in VOICES], by=ROOT, at=NOW)
        filling = _Filling(store)
        filling.open()
        for name, text in ATTACKS.items():
            filling.sign_in(name, text)
            filling.account(name, text)
            filling.sheet_of_accounts(name, text)
            for period in (APPROVED, RETURNED, WAITING):
                filling.figure(name, text, period)
            filling.taken_in(name, text)
            filling.order(name, text)
            filling.adjustment(name, text)
            filling.draft(name, text)
            filling.closed_period(name, text)
            filling.exception(name, text)
        filling.maps()
        evaluated(filling.store, filling.plan, filling.tried)
        filling.refused_by_the_way()
    refused = [[*place, sentence] for place, sentence in filling.refused.items()]
    (folder / "refused.json").write_text(json.dumps(refused), encoding="utf-8")


class _Filling:
    def __init__(self, store: Store) -> None:
        self.store, self.refused = store, {}
        self.plan: Plan = plan_by_id(store, f"attacked-{VOICES[0]}")

    @contextmanager
    def tried(self, name: str, *columns: str) -> Iterator[None]:
        try:
            yield
        except (TrackerError, ValidationError) as error:
            self.refused |= {(column, name): str(error) for column in columns}

    def open(self) -> None:
        """Periods long past are open today; one person reports for the county, another keeps accounts."""
        self.reporter = add_person(self.store, "reporter", grant("reporter", COUNTY))
        add_person(self.store, "last", grant("administrator", "100000", below=True))
        given = {"opens": TODAY, "deadline": SOON, "by": ROOT, "at": NOW}
        first, last = Period.parse("2015Q1"), Period.parse("2018Q4")
        periods.open_periods(self.store, self.plan.id, Level.COUNTY, first, last, **given)
        periods.set_rule(self.store, self.plan.id, Level.COUNTY, 20, by=ROOT, at=NOW)

    def sign_in(self, name: str, text: str) -> None:
        """Somebody whose login and address are not what they should be tries; another comes from such an address."""
        if name in VOICES:  # slow: a password is looked at
            with self.tried(name):
                signing.sign_in(self.store, text, "wrong", client=signing.Client(text), at=NOW)
        with self.store.writing():
            signing.begin_session(self.store, "reporter", client=signing.Client(text), at=NOW)

    def account(self, name: str, text: str) -> None:
        """An account for the login, and one whose name, unit and claim are the attack."""
        self._create(name, "account.login", login=text, name="某人")
        login = f"p{indicator_of(name)}"
        self._create(name, "account.name", login=login, name=text[:NAME])
        if ("account.name", name) in self.refused:
            self._create(name, "", login=login, name="某人")
        kept = Account(login=login, name="某人", grants=(grant("reporter", COUNTY),))
        changes = {"unit": {"unit": text[:NAME]}, "claim": {"claim": text[:200]}}
        if ("account.name", name) not in self.refused:
            kept = kept.model_copy(update={"name": text[:NAME]})
        for column, change in changes.items():
            with self.tried(name, f"account.{column}"):
                changed = kept.model_copy(update=change)
                accounts.change_account(self.store, changed, by=operator(text), at=NOW)
                kept = changed

    def _create(self, attack: str, column: str, **fields: str) -> None:
        with self.tried(attack, column):
            account = typed_account(fields["login"], fields["name"], "", None, [grant("reporter", COUNTY)])
            accounts.create_account(self.store, account, password=None, by=ROOT, at=NOW)

    def sheet_of_accounts(self, name: str, text: str) -> None:
        """A sheet of accounts whose file has the attack for a name; it changes one that is there."""
        rows = [["登录名", "姓名", "角色", "地区"], ["reporter", f"某人{indicator_of(name)}", "填报员", COUNTY]]
        with self.tried(name, "audit.subject"):
            reading = read_accounts(self.store, _csv(rows), f"{text}.csv", by=ROOT)
            import_accounts(self.store, reading, by=Actor(login="last", where=text), at=NOW)

    def figure(self, name: str, text: str, period: str) -> None:
        """A figure handed in as a file, with its evidence, then decided over; each text tried by itself first.

        The first one says all attacks at once where it waits or is given back.
        """
        together = name == next(iter(ATTACKS)) and period != APPROVED
        said = TOGETHER if together else text
        who = Actor(login=f"p{indicator_of(name)}")
        named = evidence.add_evidence(
            self.store, PDF + f"{name}{period}".encode(), f"{text}.pdf", plan=self.plan, region=COUNTY, by=who, at=NOW
        )
        texts = {}
        for column in ("note", "evidence", "reason"):
            with self.tried(name, f"report_text.{column}"):
                self._hand_in(name, f"{text}.csv", period, {column: said[:500]}, named, who)
                texts[column] = said[:500]
        self._hand_in(name, f"{text}.csv", period, texts, named, who)
        if period != WAITING:
            self._decide(name, said, period)

    def _hand_in(
        self, name: str, file: str, period: str, texts: dict[str, str], named: EvidenceName, who: Actor
    ) -> None:
        heads = {"note": "备注", "evidence": "佐证地址", "reason": "理由"}
        id, value = indicator_of(name), 40 + list(ATTACKS).index(name)
        row = [COUNTY, id, period, str(value), *(texts.get(column, "") for column in heads)]
        content = _csv([["地区", "指标", "填报期", "填报值", *heads.values()], row])
        reading = with_files(read_figures(self.store, content, self.plan, by=who, name=file), {id: (named,)}, [])
        import_figures(self.store, reading, by=who, at=NOW, submit=True)

    def _decide(self, name: str, text: str, period: str) -> None:
        key, by = self._key(name, period), operator(text[:100])
        decide = review.approve if period == APPROVED else review.give_back
        with self.tried(name, "review.comment"):
            decide(self.store, [key], comment=text, by=by, at=NOW)
        if ("review.comment", name) in self.refused:
            decide(self.store, [key], comment="请核对", by=by, at=NOW)

    def _key(self, name: str, period: str) -> ReportKey:
        rows = self.store.rows("series_in", plan=self.plan.id, regions=f'["{COUNTY}"]')
        series = next(row["series_id"] for row in rows if row["indicator"] == indicator_of(name))
        number = Period.parse(period).number
        last = "SELECT max(revision) FROM report WHERE series_id = ? AND period = ?"
        return ReportKey(series, number, self.store.connection.execute(last, (series, number)).fetchone()[0])

    def taken_in(self, name: str, text: str) -> None:
        """A figure and an evidence file taken in by the operator, whose own name is the attack."""
        by = operator(text)
        given = Figure(indicator=indicator_of(name), region=PLACES[1], period=Period.parse(APPROVED), value=7)
        figures.record_figures(self.store, self.plan.id, [given], HandIn(origin="import"), by=by, at=NOW)
        content = PDF + f"operator {name}".encode()
        evidence.add_evidence(self.store, content, "证明.pdf", plan=self.plan, region=COUNTY, by=by, at=NOW)

    def order(self, name: str, text: str) -> None:
        """An order over the approved figure, which was missed; answered with a file, and given back."""
        who, by = Actor(login=f"p{indicator_of(name)}"), operator(text[:100])
        content = PDF + f"order {name}".encode()
        file = evidence.add_evidence(self.store, content, f"{text}.pdf", plan=self.plan, region=COUNTY, by=who, at=NOW)
        for asked in (text[:200], "请核对"):
            about = {"plan": self.plan.id, "indicator": indicator_of(name), "region": COUNTY, "day": TODAY, "due": SOON}
            with self.tried(name, "supervision_order.asked" if asked == text[:200] else ""):
                given = OrderDraft(**about, level=OrderLevel.ORDER, asked=asked)
                (order,) = supervision.issue_orders(self.store, [given], by=by, at=NOW)
                break
        for said in (text, "已办"):
            with self.tried(name, "supervision_step.said" if said == text else ""):
                supervision.answer_order(self.store, order.id, said, until=SOON, files=[file], by=who, at=NOW)
                break
        for said in (text, "不全"):
            with self.tried(name, ""):
                supervision.return_answer(self.store, order.id, comment=said, by=by, at=NOW)
                break

    def adjustment(self, name: str, text: str) -> None:
        """A change of the target: its reason and reference, the examiner's words, the number of the approval."""
        by, texts = operator(text), {}
        told = {"plan": self.plan.id, "indicator": indicator_of(name), "kind": Kind.TARGET, "year": 2020, "value": 101}
        for column in ("reason", "reference"):
            with self.tried(name, f"adjustment.{column}"):
                wanted = Change(**told, **{"reason": "增加", column: text})
                (id,) = adjustments.propose_changes(self.store, [wanted], by=by, at=NOW)
                adjustments.withdraw_change(self.store, id, by=by, at=NOW)
                texts[column] = text
        wanted = Change(**told, **{"reason": "增加", **texts})
        (id,) = adjustments.propose_changes(self.store, [wanted], by=by, at=NOW)
        for said in (text, ""):
            with self.tried(name, "adjustment_step.comment" if said else ""):
                adjustments.examine_change(self.store, id, passes=True, comment=said, by=by, at=NOW)
                break
        for number in (text[:60], "一号"):
            given = Approval(number=number, day=TODAY, effective=date(2020, 1, 1))
            with self.tried(name, "adjustment_step.number" if number != "一号" else ""):
                adjustments.approve_change(self.store, id, given, by=by, at=NOW)
                break

    def draft(self, name: str, text: str) -> None:
        sheet = Sheet(self.plan.id, COUNTY, Period.parse("2018Q4"))
        cells = {indicator_of(name): {"value": text, "note": text}}
        with self.tried(name, "draft.document"):
            drafts.keep_draft(self.store, sheet, cells, by=self.reporter, at=NOW)

    def closed_period(self, name: str, text: str) -> None:
        period = Period.parse(f"{2013 + (number := list(ATTACKS).index(name)) // 4}Q{number % 4 + 1}")
        with self.tried(name, "entry_window.reason"):
            told = {"reason": text[:200], "by": ROOT, "at": NOW}
            periods.close_period(self.store, f"attacked-{VOICES[1]}", Level.COUNTY, period, **told)

    def exception(self, name: str, text: str) -> None:
        for by, reason, column in ((ROOT, text[:200], "entry_exception.reason"), (operator(text), "补报", "")):
            told = {"reason": reason, "until": SOON, "by": by, "at": NOW}
            with self.tried(name, column):
                periods.grant_exception(self.store, self.plan.id, COUNTY, Period.parse(APPROVED), **told)

    def maps(self) -> None:
        """A map file for each county, called by one of the voices, from an operator who is called so too."""
        for code, voice in zip(PLACES, VOICES, strict=True):
            text = ATTACKS[voice]
            maps.add_map(self.store, outlines.of(code), f"{text}.json", outlines.NUMBER, by=operator(text), at=NOW)

    def refused_by_the_way(self) -> None:
        """Attempts of somebody who may not, from an address that is an attack."""
        for text in ATTACKS.values():
            with self.tried(""):
                review.approve(self.store, [], comment=text, by=Actor(login="reporter", where=text), at=NOW)


def _csv(rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()
