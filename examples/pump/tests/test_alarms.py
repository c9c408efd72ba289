"""Alarms."""

from pump.alarms import Alarms


def test_occlusion():
    alarms = Alarms()
    alarms.pressure(80)
    assert "occlusion" not in alarms.active
    alarms.pressure(81)
    assert "occlusion" in alarms.active


def test_air_stops_motor():
    alarms = Alarms()
    alarms.air()
    assert not alarms.motor_on
    assert "air" in alarms.active


def test_low_battery():
    alarms = Alarms()
    alarms.battery(29)
    assert "battery" in alarms.active


def test_silence_ends_after_two_minutes():
    alarms = Alarms()
    alarms.silence(now_s=0, seconds=600)
    assert alarms.is_silent(119)
    assert not alarms.is_silent(120)
