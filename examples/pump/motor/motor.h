#pragma once

/// The stepper motor that presses the syringe.
class Motor {
 public:
  explicit Motor(int steps_per_ml) : steps_per_ml_(steps_per_ml) {}

  int steps(double ml) const;
  void current(int milliampere);
  bool running() const { return running_; }

 private:
  int steps_per_ml_;
  bool running_ = true;
};
