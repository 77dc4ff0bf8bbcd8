package io.penstock.connectors.jdbc;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.time.Duration;

/** By what new and changed rows are found. */
public record Increment(
    @Option(
            value = "A column that only grows: of new rows, or of rows that are changed.",
            main = true,
            matter = Matter.CONTENT)
        String by,
    @Option(
            value =
                "How long transactions of others may take that bring a value: reading stays so far behind the"
                    + " server's clock, or a number has been there for so long, where the"
                    + " database does not tell who writes.",
            byDefault = "5s",
            matter = Matter.PACE)
        Duration behind,
    @Option(value = "How often is looked for rows.", byDefault = "1s", matter = Matter.PACE)
        Duration every,
    @Option(
            value = "Whether the first run reads what is there: `earliest`, or not: `latest`.",
            byDefault = "earliest",
            matter = Matter.CONTENT)
        Start start)
    implements Config {
  /** Where reading begins the first time. */
  public enum Start {
    EARLIEST,
    LATEST
  }

  @Override
  public void check(Checks checks) {
    if (every.isZero() || every.isNegative() || behind.isNegative()) {
      checks.problem(
          ProblemCode.E105,
          behind.isNegative() ? "behind" : "every",
          "a time to wait must not be below nothing, and `every` not nothing",
          "write `every: 1s`, `behind: 5s`");
    }
  }
}
