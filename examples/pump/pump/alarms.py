"""Alarms of the controller."""

PRESSURE_LIMIT_KPA = 80
BATTERY_LIMIT_MIN = 30
LONGEST_SILENCE_S = 120


class Alarms:
    def __init__(self):
        self.active = set()
        self.motor_on = True
        self.silent_until_s = 0

    def pressure(self, kpa):
        """Implements: REQ-PUMP-005"""
        if kpa > PRESSURE_LIMIT_KPA:
            self.active.add("occlusion")

    def air(self):
        """Implements: REQ-PUMP-006"""
        self.motor_on = False
        self.active.add("air")

    def battery(self, minutes):
        """Implements: REQ-PUMP-007"""
        if minutes < BATTERY_LIMIT_MIN:
            self.active.add("battery")

    def silence(self, now_s, seconds):
        """Implements: REQ-PUMP-008"""
        self.silent_until_s = now_s + min(seconds, LONGEST_SILENCE_S)

    def is_silent(self, now_s):
        return now_s < self.silent_until_s
