//! Alarms of the controller.

use std::collections::BTreeSet;

const PRESSURE_LIMIT_KPA: u32 = 80;
const BATTERY_LIMIT_MIN: u32 = 30;
const LONGEST_SILENCE_S: u64 = 120;

/// The alarms that are raised, and whether the motor may run.
pub struct Alarms {
    pub active: BTreeSet<&'static str>,
    pub motor_on: bool,
    silent_until_s: u64,
}

impl Alarms {
    pub fn new() -> Self {
        Self { active: BTreeSet::new(), motor_on: true, silent_until_s: 0 }
    }

    /// Implements: REQ-PUMP-005
    pub fn pressure(&mut self, kpa: u32) {
        if kpa > PRESSURE_LIMIT_KPA {
            self.active.insert("occlusion");
        }
    }

    /// Implements: REQ-PUMP-006
    pub fn air(&mut self) {
        self.motor_on = false;
        self.active.insert("air");
    }

    /// Implements: REQ-PUMP-007
    pub fn battery(&mut self, minutes: u32) {
        if minutes < BATTERY_LIMIT_MIN {
            self.active.insert("battery");
        }
    }

    /// Implements: REQ-PUMP-008
    pub fn silence(&mut self, now_s: u64, seconds: u64) {
        self.silent_until_s = now_s + seconds.min(LONGEST_SILENCE_S);
    }

    pub fn is_silent(&self, now_s: u64) -> bool {
        now_s < self.silent_until_s
    }
}
