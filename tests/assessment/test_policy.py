from __future__ import annotations

import pytest
from pydantic import ValidationError

from trackers.assessment.policy import Policy


def test_the_defaults_are_those_of_the_mid_term_evaluations():
    policy = Policy()
    assert (policy.ahead, policy.on_track, policy.severe, policy.starting) == (1.10, 0.90, 0.60, 0.10)
    assert policy.complete_share == {"sum": 1.0, "ratio": 0.8, "mean": 0.8, "max": 1.0, "min": 1.0}


def test_a_policy_survives_being_recorded():
    policy = Policy(stale_after_days=200)
    assert Policy.model_validate_json(policy.model_dump_json()) == policy


@pytest.mark.parametrize(
    "fields",
    [
        {"on_track": 1.2},
        {"severe": 0.95},
        {"complete_share": {"sum": 1.0}},
        {"complete_share": {"sum": 1.0, "ratio": 1.1, "mean": 0.8, "max": 1.0, "min": 1.0}},
        {"interval": 1.0},
        {"misspelt": 1},
    ],
)
def test_limits_that_contradict_each_other_are_refused(fields):
    with pytest.raises(ValidationError):
        Policy(**fields)
