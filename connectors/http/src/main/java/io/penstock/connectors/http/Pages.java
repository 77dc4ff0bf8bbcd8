package io.penstock.connectors.http;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import java.util.OptionalInt;

/** How the next page of an answer is asked for. */
public record Pages(
    @Option(
            value =
                "By what: the header `Link` with `rel=\"next\"`; `next`, a URL in the answer; `token`, a value in it that becomes a parameter; `number`, a parameter that counts pages; `offset`, one that counts records.",
            matter = Matter.CONTENT)
        By by,
    @Option(
            value = "The path of the URL or the token in an answer, for `next` and `token`.",
            matter = Matter.CONTENT)
        Optional<FieldPath> at,
    @Option(
            value = "The parameter of the URL, for `token`, `number` and `offset`.",
            matter = Matter.CONTENT)
        Optional<String> as,
    @Option(
            value =
                "The first page's number, or the first offset; left out: 1, and 0 for `offset`.",
            matter = Matter.CONTENT)
        OptionalInt from,
    @Option(
            value = "The most pages of one answer; more are taken for an error of the server.",
            byDefault = "10000",
            least = 1,
            matter = Matter.PACE)
        int most)
    implements Config {
  /** By what the next page is found. */
  public enum By {
    LINK,
    NEXT,
    TOKEN,
    NUMBER,
    OFFSET
  }

  @Override
  public void check(Checks checks) {
    boolean inside = by == By.NEXT || by == By.TOKEN;
    boolean asked = by != By.LINK && by != By.NEXT;
    if (inside != at.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "at",
          inside
              ? "`at` says where in the answer the next page is named"
              : "`at` is for `next` and `token`",
          inside ? "write its path, as in `at: paging.next`" : "leave it out");
    }
    if (asked != as.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "as",
          asked
              ? "`as` says which parameter asks for the next page"
              : "`as` is for `token`, `number` and `offset`",
          asked ? "write its name, as in `as: page`" : "leave it out");
    }
    if (from.isPresent() && by != By.NUMBER && by != By.OFFSET) {
      checks.problem(
          ProblemCode.E110, "from", "`from` is for `number` and `offset`", "leave it out");
    }
  }

  /** The value of the parameter for the first page; empty where there is none. */
  Optional<String> first() {
    return switch (by) {
      case NUMBER -> Optional.of(Integer.toString(from.orElse(1)));
      case OFFSET -> Optional.of(Integer.toString(from.orElse(0)));
      case LINK, NEXT, TOKEN -> Optional.empty();
    };
  }
}
