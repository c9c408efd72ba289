"""Rates, volumes and boluses."""


class Refused(Exception):
    """The controller does not do what it was asked to do."""


def rate(dose_mg_per_h, concentration_mg_per_ml):
    """Implements: REQ-PUMP-001"""
    return dose_mg_per_h / concentration_mg_per_ml


class Infusion:
    def __init__(self, highest_rate, volume_ml, bolus_interval_s):
        self.highest_rate = highest_rate
        self.left_ml = volume_ml
        self.bolus_interval_s = bolus_interval_s
        self.last_bolus_s = None
        self.rate = 0.0

    def start(self, rate):
        """Implements: REQ-PUMP-002"""
        if rate > self.highest_rate:
            raise Refused("rate above the limit of the drug library")
        self.rate = rate

    def elapse(self, hours):
        """Implements: REQ-PUMP-003"""
        self.left_ml -= self.rate * hours
        if self.left_ml <= 0:
            self.left_ml = 0.0
            self.rate = 0.0

    def bolus(self, now_s):
        """Implements: REQ-PUMP-004"""
        if self.last_bolus_s is not None and now_s - self.last_bolus_s < self.bolus_interval_s:
            raise Refused("bolus before its interval has passed")
        self.last_bolus_s = now_s
