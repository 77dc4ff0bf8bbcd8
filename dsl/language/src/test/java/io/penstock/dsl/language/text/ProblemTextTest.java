package io.penstock.dsl.language.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProblemTextTest {
  private static final SourceText FILE =
      SourceText.of(
          "orders.yaml", "a: 1\n    filter: amout >= \uD83D\uDE00 1\n" + "x".repeat(500) + "\n");

  @Test
  void showsTheLineWithACaretBelowTheColumn() {
    Problem problem =
        Problem.of(
            ProblemCode.E301,
            new Origin("orders.yaml", 2, 13, 5),
            "unknown field `amout`",
            "did you mean `amount`?");

    assertEquals(
        """
        orders.yaml:2:13  E301  unknown field `amout`
          2 |     filter: amout >= \uD83D\uDE00 1
            |             ^^^^^
          help: did you mean `amount`?
        """,
        shown(problem));
  }

  @Test
  void showsAWholeFileWithoutALine() {
    assertEquals(
        "orders.yaml  E001  nothing\n",
        shown(Problem.of(ProblemCode.E001, Origin.file("orders.yaml"), "nothing")));
  }

  @Test
  void cutsALongLineAroundTheColumn() {
    String shown = shown(Problem.of(ProblemCode.E003, Origin.at("orders.yaml", 3, 400), "far"));

    assertEquals(
        "  3 | " + "x".repeat(160) + "\n    | " + " ".repeat(80) + "^\n",
        shown.substring(shown.indexOf('\n') + 1));
  }

  @Test
  void endsTheCaretWithTheLine() {
    String shown = shown(Problem.of(ProblemCode.E003, new Origin("orders.yaml", 1, 4, 99), "long"));

    assertEquals("  1 | a: 1\n    |    ^\n", shown.substring(shown.indexOf('\n') + 1));
  }

  private static String shown(Problem problem) {
    return new ProblemText(name -> name.equals(FILE.name()) ? Optional.of(FILE) : Optional.empty())
        .of(problem);
  }
}
