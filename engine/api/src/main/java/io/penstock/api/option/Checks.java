package io.penstock.api.option;

import io.penstock.api.problem.ProblemCode;

/** Where a config reports rules that span several options. */
public interface Checks {
  /**
   * Reports a problem at an option's key (snake_case), or at the component where the option was
   * left out.
   */
  void problem(ProblemCode code, String option, String message, String hint);
}
