package io.penstock.api.problem;

/** Why an outside system cannot be used; each with a code of its own for sources and for sinks. */
public enum Outage {
  /** The host's name leads nowhere. */
  UNKNOWN_HOST(ProblemCode.R221, ProblemCode.R321),
  /** The host is there and refuses. */
  REFUSED(ProblemCode.R222, ProblemCode.R322),
  /** No answer came in time. */
  SILENT(ProblemCode.R223, ProblemCode.R323),
  /** One side does not accept the other's certificate. */
  DISTRUST(ProblemCode.R224, ProblemCode.R324),
  /** The user, the password or the token is wrong. */
  LOGIN(ProblemCode.R225, ProblemCode.R325),
  /** Who asks is known and may not. */
  FORBIDDEN(ProblemCode.R226, ProblemCode.R326),
  /** The server has nothing of this name. */
  MISSING(ProblemCode.R227, ProblemCode.R327);

  private final ProblemCode ofSource;
  private final ProblemCode ofSink;

  Outage(ProblemCode ofSource, ProblemCode ofSink) {
    this.ofSource = ofSource;
    this.ofSink = ofSink;
  }

  /** Its code where a source is concerned. */
  public ProblemCode ofSource() {
    return ofSource;
  }

  /** Its code where a sink is concerned. */
  public ProblemCode ofSink() {
    return ofSink;
  }
}
