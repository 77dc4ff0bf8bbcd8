package io.penstock.core.runner;

/** When the expressions of a run are compiled. */
public enum CompileMode {
  /** Before the first row. */
  EAGER,
  /** Beside the run, once there have been rows enough that it pays. */
  BACKGROUND,
  /** Never. */
  OFF
}
