package io.penstock.core.compile;

import io.penstock.api.code.RowCode;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import java.util.Optional;

/**
 * Makes row code of the body of its method. It is not sandboxed: the body may do what the engine
 * may, so it is made only where the user has allowed that.
 */
public final class RowCodeMaker {
  /** How many lines the unit has above the body. */
  public static final int LINES_ABOVE = 7;

  /** The compiler tells the place in its own unit too. */
  private static final String PLACE = "^Line \\d+, Column \\d+: ";

  private static final String NAME = "io.penstock.code.Body";
  private static final String ABOVE =
      """
      package io.penstock.code;
      import io.penstock.api.code.*;
      import java.math.*;
      import java.time.*;
      import java.util.*;
      public final class Body implements RowCode {
      public void run(Row row, Out out) throws Exception {
      """;

  private RowCodeMaker() {}

  /** The code, one instance for each call; empty where it does not compile, which is reported. */
  public static Optional<RowCode> make(ExpressionText body, Problems problems) {
    ClassLoader parent = RowCodeMaker.class.getClassLoader();
    try {
      MadeClass made = new ClassMaker(parent).make(NAME, ABOVE + body.text() + "\n}\n}\n");
      return Optional.of(made.create(RowCode.class));
    } catch (SourceRefused refused) {
      problems.add(
          ProblemCode.E322,
          place(body, refused.line() - LINES_ABOVE, refused.column()),
          "the Java code does not compile: " + refused.text().replaceFirst(PLACE, ""),
          "the code is the body of a method; it has no lambdas, and elements of lists and maps want"
              + " a cast");
      return Optional.empty();
    }
  }

  private static Origin place(ExpressionText body, int line, int column) {
    String text = body.text();
    int start = 0;
    for (int i = 1; i < line && start < text.length(); i++) {
      int end = text.indexOf('\n', start);
      start = end < 0 ? text.length() : end + 1;
    }
    int offset = Math.max(0, Math.min(start + Math.max(0, column - 1), text.length() - 1));
    return body.places().at(offset, 1);
  }
}
