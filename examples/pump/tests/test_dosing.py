"""Dosing."""

import pytest

from pump.dosing import Infusion, Refused, rate


@pytest.fixture
def infusion():
    return Infusion(highest_rate=20.0, volume_ml=50.0, bolus_interval_s=600)


def test_rate_from_dose():
    assert rate(10.0, 2.0) == 5.0


def test_refuses_rate_above_limit(infusion):
    with pytest.raises(Refused):
        infusion.start(20.1)


def test_accepts_rate_at_limit(infusion):
    infusion.start(20.0)
    assert infusion.rate == 20.0


def test_stops_when_volume_is_delivered(infusion):
    infusion.start(20.0)
    infusion.elapse(hours=3)
    assert infusion.rate == 0.0
    assert infusion.left_ml == 0.0


def test_refuses_early_bolus(infusion):
    infusion.bolus(now_s=0)
    with pytest.raises(Refused):
        infusion.bolus(now_s=599)
    infusion.bolus(now_s=600)
