package io.penstock.dsl.launcher.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.launcher.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReportFormatTest {
  private static final SourceText ORDERS =
      SourceText.of("orders <1>.yaml", "sources:\n  a: { file: x.csv }\n  b: <amout>\n");
  private static final List<CheckedFile> FILES =
      List.of(
          new CheckedFile(
              "orders <1>.yaml",
              List.of(
                  Problem.of(
                      ProblemCode.E301,
                      new Origin("orders <1>.yaml", 3, 7, 5),
                      "unknown field `amout`, 100%",
                      "did you mean `amount`?"),
                  Problem.of(ProblemCode.W201, Origin.file("orders <1>.yaml"), "nobody reads `b`")),
              List.of()),
          new CheckedFile("good.yaml", List.of(), List.of("out <- in: all or nothing")));

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void saysTheSameInEveryForm(ReportFormat format) throws IOException {
    String text = written(format, false);

    Golden.assertText("problems/report." + format.name().toLowerCase(Locale.ROOT), text);
  }

  @Test
  void paintsOnlyPlaceCodeAndCarets() {
    String text = written(ReportFormat.TEXT, true);

    assertEquals(written(ReportFormat.TEXT, false), text.replaceAll("\u001b\\[[0-9;]*m", ""));
    assertEquals(
        "  3 |   b: <amout>\n    |       \u001b[1;31m^^^^^\u001b[0m\n",
        text.lines().skip(1).limit(2).map(l -> l + "\n").reduce("", String::concat));
  }

  private static String written(ReportFormat format, boolean colours) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Excerpts excerpts = name -> name.equals(ORDERS.name()) ? Optional.of(ORDERS) : Optional.empty();
    format
        .writer(excerpts, colours)
        .write(FILES, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
