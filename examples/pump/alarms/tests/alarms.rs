use pump_alarms::Alarms;

#[test]
fn occlusion_is_raised_above_the_limit() {
    let mut alarms = Alarms::new();
    alarms.pressure(80);
    assert!(!alarms.active.contains("occlusion"));
    alarms.pressure(81);
    assert!(alarms.active.contains("occlusion"));
}

#[test]
fn air_stops_the_motor() {
    let mut alarms = Alarms::new();
    alarms.air();
    assert!(!alarms.motor_on);
    assert!(alarms.active.contains("air"));
}

#[test]
fn low_battery_is_told() {
    let mut alarms = Alarms::new();
    alarms.battery(30);
    assert!(!alarms.active.contains("battery"));
    alarms.battery(29);
    assert!(alarms.active.contains("battery"));
}

#[test]
fn silence_ends_after_two_minutes() {
    let mut alarms = Alarms::new();
    alarms.silence(0, 600);
    assert!(alarms.is_silent(119));
    assert!(!alarms.is_silent(120));
}
