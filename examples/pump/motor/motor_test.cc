#include "motor.h"

#include <gtest/gtest.h>

TEST(MotorTest, NeverMovesMoreThanTheVolume) {
  Motor motor(3);
  EXPECT_EQ(motor.steps(1.0), 3);
  EXPECT_EQ(motor.steps(0.99), 2);
}

TEST(MotorTest, StopsWhenItStalls) {
  Motor motor(3);
  motor.current(900);
  EXPECT_TRUE(motor.running());
  motor.current(901);
  EXPECT_FALSE(motor.running());
}
