package io.penstock.connectors.standard.text;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The options of the text format. */
@Component(
    name = "text",
    summary = "Lines of text; each record is one field, `line`.",
    example = "text: { starts_with: '\\d{4}-' }",
    suffixes = {".txt", ".log"})
public record TextConfig(
    @Option("A record begins with each line in which this pattern is found.")
        Optional<String> startsWith,
    @Option("A line in which this pattern is found belongs to the record before it.")
        Optional<String> continuesWith,
    @Option("A record ends with each line in which this pattern is found.")
        Optional<String> endsWith,
    @Option(
            value = "The most lines that a record of several lines has.",
            byDefault = "1000",
            least = 1,
            most = 1_000_000)
        int maxLines,
    @Option(
            "What is written for each row, as `{host} {value}`, null as nothing; left out: the field `line`. Sinks only.")
        Optional<Template> line)
    implements FormatConfig {
  @Override
  public void check(Checks checks) {
    pattern(startsWith, "starts_with", checks);
    pattern(continuesWith, "continues_with", checks);
    pattern(endsWith, "ends_with", checks);
    long given =
        java.util.stream.Stream.of(startsWith, continuesWith, endsWith)
            .filter(Optional::isPresent)
            .count();
    if (given > 1) {
      checks.problem(
          ProblemCode.E110,
          "starts_with",
          "`starts_with`, `continues_with` and `ends_with` exclude each other",
          "keep one of them");
    }
  }

  private static void pattern(Optional<String> text, String option, Checks checks) {
    try {
      text.ifPresent(Pattern::compile);
    } catch (PatternSyntaxException wrong) {
      checks.problem(
          ProblemCode.E104,
          option,
          "`"
              + option
              + "` must be a regular expression, not `"
              + text.orElse("")
              + "`: "
              + wrong.getDescription(),
          "mend the pattern");
    }
  }

  @Override
  public Format format() {
    return new TextFormat(Records.of(startsWith, continuesWith, endsWith, maxLines));
  }
}
