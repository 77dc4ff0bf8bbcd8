package io.penstock.connectors.registry;

import io.penstock.api.problem.ProblemCode;

/** A record names a schema that cannot be had. Has no stack trace: it is about data. */
public final class RegistryProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  public RegistryProblem(ProblemCode code, String text) {
    super(text, null, false, false);
    this.code = code;
  }

  public ProblemCode code() {
    return code;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
