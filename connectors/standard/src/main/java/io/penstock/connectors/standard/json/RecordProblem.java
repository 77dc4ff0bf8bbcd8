package io.penstock.connectors.standard.json;

import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonProblem;

/** A record is not what the schema says. Has no stack trace, because it is about data. */
final class RecordProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  RecordProblem(ProblemCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  ProblemCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  /** The problem of a record that is no JSON. */
  static RecordProblem of(JsonProblem problem) {
    ProblemCode code = ProblemCode.D101;
    if (problem.isLimit()) {
      code = ProblemCode.D107;
    } else if (problem.text().startsWith("malformed UTF-8")) {
      code = ProblemCode.D102;
    } else if (problem.text().endsWith("stands there twice")) {
      code = ProblemCode.D109;
    }
    return new RecordProblem(
        code, problem.text() + ", at byte " + problem.offset() + " of the record");
  }
}
