"""Pages, files, commands and the forms of signing in, made of a database full of attacks."""

from __future__ import annotations

import io
import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from dashboard import menu, signing_pages
from tests.attacks.checks import texts_of, told, workbook_texts
from tests.attacks.conftest import entered
from tests.attacks.documents import COUNTY
from tests.attacks.texts import ATTACKS, NAME, ODD, VOICES
from tests.attacks.visits import ORDERS, PLAN, VISITS
from tests.people import grant
from tests.samples import OPERATOR
from trackers.actions.seeds import DEMONSTRATION
from trackers.cli import app as commands
from trackers.cli import main
from trackers.exchange.account_sheet import password_sheet
from trackers.exchange.entry_template import entry_sheet
from trackers.exchange.import_figures import read_figures
from trackers.model.account import Account
from trackers.model.period import Period
from trackers.model.signs import has_odd_signs
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import open_store

ROOT = Path(__file__).parents[2]
APP = ROOT / "dashboard" / "app.py"
# What writes files; each is looked at below, in a download of a page or by itself,
# pages of reports in test_public.py and tests/reports/test_html.py.
WRITERS = {
    "dashboard/download.py", "trackers/exchange/account_sheet.py", "trackers/exchange/calendar_file.py",
    "trackers/exchange/entry_template.py", "trackers/exchange/target_sheet.py", "trackers/reports/docx.py",
    "trackers/reports/html.py", "trackers/reports/public.py", "trackers/reports/xlsx.py",
}  # fmt: skip
WRITING = ("import xlsxwriter", "from docxtpl", "import docxtpl", "from icalendar", "reports.pages import page")


def test_every_module_that_writes_a_file_is_looked_at():
    modules = [path for folder in ("trackers", "dashboard") for path in (ROOT / folder).rglob("*.py")]
    text = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in modules}
    found = {name for name, code in text.items() if any(each in code for each in WRITING)}
    assert found == WRITERS, "a new one: have its file looked at here, then name it"


def test_every_page_of_the_menu_is_visited():
    assert {file for file, *_ in menu.PAGES} == VISITS.keys(), "name a new page in tests/attacks/visits.py"


# Page → the files it offers, by a part of the words on the button; None for one without anything typed.
OFFERED: dict[str, dict[str, set[str] | None]] = {
    "todo": {"截止日": {"image"}, "下载 xlsx": None}, "across": {"下载 xlsx": None}, "overview": {"下载 xlsx": None},
    "cockpit": {"一页 PDF": None}, "plan": {"下载 xlsx": None}, "compare": {"下载 xlsx": None},
    "periods": {"下载 xlsx": None, "截止日": {"image"}, "下载为 Excel": {"image", "formula", "link"}},
    "indicator": {".pdf": None, "下载 xlsx": None}, "region": {".pdf": None, "下载 xlsx": None},
    "warnings": {"下载 xlsx": set(ATTACKS) - ODD},
    "entry": {"下载填报表": set(ATTACKS) - ODD - {"long"}, "签字、盖章用的表": {"formula", "image", "link"}},
    "review": {".pdf": None, "下载 xlsx": None},
    "supervision": {"下载督办单": {"image"}, ".pdf": None, "下载 xlsx": None},
    "adjustments": {"下载 xlsx": None, "下载空表": set(VOICES)},
    "report": {"下载中期评估报告": set(ATTACKS) - ODD},
    "evaluation": {"下载评估报告": set(ATTACKS) - ODD, "下载 xlsx": None},
    "accounts": {"下载名册": set(ATTACKS) - ODD - {"long"}, "下载空表": None},
    "record": {"下载符合条件的全部记录": set(VOICES)},
}  # fmt: skip


@pytest.fixture(scope="module")
def files(attacked: Path) -> list[tuple[str, str, set[str]]]:
    """The texts of every file that some page offers, with the page and the words on its button."""
    offered: list[tuple[str, str, Any]] = []
    with entered(attacked) as patch:
        for page, addresses in VISITS.items():
            patch.setattr(st, "download_button", lambda label, data, *_, page=page, **__: offered.append((page, label, data)))
            for asked in addresses:
                _run(page, asked)
        return [(page, label, texts_of(data() if callable(data) else data)) for page, label, data in offered]


def _run(page: str, asked: dict[str, str]) -> None:
    """The page as a browser that comes to this address gets it."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in asked.items():
        app.query_params[name] = value
    app.switch_page(f"views/{page}.py").run()
    problems = [str(each.value) for each in (*app.exception, *app.error)]
    assert app.title[0].value == next(title for file, title, _ in menu.PAGES if file == page) and not problems, problems


def test_every_file_that_a_page_offers_is_harmless_and_expected(files):
    there = {(page, label) for page, label, _ in files}
    odd = {(page, label) for page, label in there if not any(words in label for words in OFFERED.get(page, {}))}
    assert not odd, "say in OFFERED what the page offers"


@pytest.mark.parametrize("page", OFFERED)
def test_a_file_says_what_was_typed_as_it_was_typed(files, page: str):
    for words, attacks in OFFERED[page].items():
        own = [texts for at, label, texts in files if at == page and words in label]
        assert own, f"“{words}” is not offered on {page}"
        lacking = [attack for attack in attacks or () for texts in own if not told(texts, attack)]
        assert not lacking, f"{page} {words}: {lacking}"


# Other files: the passwords to hand out, a sheet that was filled in.


def test_a_sheet_of_passwords_holds_texts_alone():
    people = [Account(login=f"pp{n}", name=text[:NAME], unit=text[:NAME]) for n, text in enumerate(ATTACKS.values())]
    texts = workbook_texts(password_sheet(people, {each.login: "=1+1" for each in people}))
    assert "=1+1" in texts and all(told(texts, attack) for attack in ATTACKS.keys() - ODD - {"long"})


TYPED_IN = ATTACKS.keys() - ODD - {"return", "line"}  # openpyxl itself changes a carriage return


def test_a_sheet_filled_in_with_attacks_is_read_as_texts_and_a_formula_is_no_text(attacked: Path):
    with open_store(attacked) as store:
        plan, tree = plan_by_id(store, PLAN), region_tree(store)
        book = load_workbook(io.BytesIO(entry_sheet(plan, tree[COUNTY], Period.parse("2018Q4"), tree, store, by=OPERATOR)))
        sheet = book.active
        column = {cell.value: cell.column for cell in sheet[5]}
        for line, name in enumerate(ATTACKS):
            if name in TYPED_IN:
                for heading in ("备注", "理由"):
                    sheet.cell(6 + line, column[heading], ATTACKS[name]).data_type = "s"
                sheet.cell(6 + line, column["填报值"], "5")
        sheet.cell(6, column["佐证地址"], "=HYPERLINK(\"https://example.org\")")
        written = io.BytesIO()
        book.save(written)
        reading = read_figures(store, written.getvalue(), plan, by=OPERATOR, name="表.xlsx")
    assert [(fault.row, fault.heading) for fault in reading.faults] == [(6, "佐证地址")]
    notes = {each.figure.note for each in reading.taken} | {each.figure.reason for each in reading.taken}
    assert notes == {ATTACKS[name].strip() for name in TYPED_IN - {"formula"}}


# The command line.

READS = [
    ["adjustment", "list"], ["evaluation", "list"], ["map", "list"],
    *(["evaluation", word, "1"] for word in ("checklist", "show", "check")),
    ["plan", "compare", "--plan", f"attacked-{VOICES[1]}"],
    ["plans"], ["indicators", "--plan", PLAN], ["tasks", "--plan", PLAN], ["assess", "--plan", PLAN, "--as-of", "2018-06-30"],
    ["review", "list"], ["period", "list", "--plan", f"attacked-{VOICES[1]}"], ["user", "list"], ["record", "list"],
    ["supervision", "list"], ["supervision", "show", ORDERS[0]],
    ["period", "missing", "--plan", PLAN, "--period", "2018Q4"],
]  # fmt: skip
WRITES = {
    "import", "template", "form", "check", "backup", "restore", "verify", "judge", "report", "review approve", "review return",
    "adjustment propose", "adjustment import", "adjustment examine", "adjustment approve", "adjustment reject",
    "adjustment withdraw", "evaluation open", "evaluation assign", "evaluation unassign", "evaluation freeze",
    "evaluation reopen",
    "evaluation publish", "evaluation withdraw", "evaluation report", "evaluation compare",
    "evaluation finding", "evaluation comment",
    "supervision issue", "supervision answer", "supervision accept", "supervision return", "supervision close",
    "supervision print",
    "period open", "period close", "period rule", "period except", "user add", "user passwd", "user disable", "user enable",
    "user grant", "map add", "map remove",
}  # fmt: skip


def _commands(group: Any = commands, before: str = "") -> set[str]:
    found = {f"{before}{each.name or each.callback.__name__.strip('_')}" for each in group.registered_commands}
    for each in group.registered_groups:
        found |= _commands(each.typer_instance, f"{each.name} ")
    return found


def test_every_command_that_lists_something_is_run():
    listing = {" ".join(word for word in words[:2] if word.isalpha()) for words in READS}
    assert _commands() - WRITES == listing, "name a new command in READS, or in WRITES where it lists nothing"


@pytest.fixture
def run(attacked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """What a command prints of the database as it is."""
    monkeypatch.setattr(sys.modules["trackers.cli.app"], "open_or_create", lambda path, at: open_store(path))
    monkeypatch.setenv("TRACKERS_DB", str(attacked))

    def ran(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["python -m trackers", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        assert not stopped.value.code, said.err
        return said.out

    return ran


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_what_a_command_prints_moves_no_cursor_and_is_told_as_typed(run, words: list[str]):
    out = run(*words)
    assert out.strip() and not has_odd_signs(out)
    assert any(told({out}, attack) or ATTACKS[attack] in out for attack in ATTACKS)
    answer = json.loads(run(*words, "--json"))
    assert any(attack in each for each in _leaves(answer) for attack in map(ATTACKS.__getitem__, VOICES))


def _leaves(answer: Any) -> list[str]:
    if isinstance(answer, dict | list):
        return [leaf for each in (answer.values() if isinstance(answer, dict) else answer) for leaf in _leaves(each)]
    return [str(answer)]


# Signing in: pages of our own.


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.words += [value or "" for name, value in attrs if name in ("value", "aria-label")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _page(monkeypatch: pytest.MonkeyPatch, kind: str, text: str) -> _Tags:
    people = [Account(login="pp", name=text[:NAME], grants=(grant("leader", "1"),))]
    monkeypatch.setattr(signing_pages, "demo_accounts", lambda _: people)
    monkeypatch.setattr(signing_pages, "loaded", lambda _: {DEMONSTRATION: ""})
    monkeypatch.setattr(signing_pages, "any_public", lambda _: True)
    monkeypatch.setattr(signing_pages, "region_tree", lambda _: {"1": SimpleNamespace(name=text, short=text)})
    made = {
        "sign_in": lambda: signing_pages.sign_in_page(None, text, told=text, error=text, login=text),
        "password": lambda: signing_pages.password_page(text, text, must_change=False, error=text),
        "refused": lambda: signing_pages.refusal(403, text),
    }
    return _Tags(made[kind]().body.decode())


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", ["sign_in", "password", "refused"])
def test_a_page_of_signing_in_has_the_same_elements_whatever_is_typed(monkeypatch, kind: str, attack: str):
    page, plain = _page(monkeypatch, kind, ATTACKS[attack]), _page(monkeypatch, kind, "x")
    assert page.tags == plain.tags
    assert told(set(page.words), attack)
