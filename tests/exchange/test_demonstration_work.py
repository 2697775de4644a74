from datetime import date

import pytest

from tests.conftest import MADE
from trackers.errors import RefusedError
from trackers.exchange.demonstration_work import demonstrate_work
from trackers.exchange.first_start import open_or_create
from trackers.model.account import Actor
from trackers.queries.check import faults
from trackers.queries.tasks import TaskKind
from trackers.queries.todo import todo


def test_a_demonstration_has_something_to_enter_to_mend_and_to_review_and_is_made_once(tmp_path):
    with open_or_create(tmp_path / "demo.db", at=MADE, demo=True) as store:
        demonstrate_work(store, at=MADE)
        demonstrate_work(store, at=MADE)
        kinds = {login: {task.kind for task in todo(store, by=Actor(login=login), on=date(2024, 6, 1))}
                 for login in ("haizhou", "fuxin-review", "fuxin")}  # fmt: skip
        assert {TaskKind.ENTER, TaskKind.MEND} <= kinds["haizhou"]
        assert TaskKind.REVIEW in kinds["fuxin-review"]
        assert TaskKind.ENTER in kinds["fuxin"]
        assert store.connection.execute("SELECT count(*) FROM review").fetchone()[0] == 1
        assert faults(store) == []


def test_a_database_of_real_figures_gets_no_demonstration_accounts(tmp_path):
    with open_or_create(tmp_path / "tracker.db", at=MADE) as store, pytest.raises(RefusedError):
        demonstrate_work(store, at=MADE)
