#include "motor.h"

#include <cmath>

static const int kStallMilliampere = 900;

// Implements: REQ-PUMP-014
int Motor::steps(double ml) const {
  return static_cast<int>(std::floor(ml * steps_per_ml_));
}

// Implements: REQ-PUMP-015
void Motor::current(int milliampere) {
  if (milliampere > kStallMilliampere) {
    running_ = false;
  }
}
