package io.penstock.dsl.language.check;

import io.penstock.api.option.Placed;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.Table;
import io.penstock.dsl.language.bind.BoundTable;
import java.time.Duration;
import java.util.Optional;

/** Checks what a table says of how it is read again. */
final class RefreshChecks {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Problems problems;

  RefreshChecks(Problems problems) {
    this.problems = problems;
  }

  /** How a table is read again; empty where it is not, or says so in a wrong way. */
  Optional<Table.Refresh> of(BoundTable table) {
    Optional<Placed<Duration>> refresh = table.keys().refresh();
    Optional<Placed<Duration>> staleAfter = table.keys().staleAfter();
    if (table.source().isEmpty()) {
      refresh.ifPresent(written -> standInTheFile("refresh", written, table));
      staleAfter.ifPresent(written -> standInTheFile("stale_after", written, table));
      return Optional.empty();
    }
    if (refresh.isEmpty()) {
      staleAfter.ifPresent(written -> isReadOnce(written, table));
      return Optional.empty();
    }
    Duration every = refresh.get().value();
    if (every.compareTo(LEAST) < 0) {
      problems.add(
          ProblemCode.E105,
          refresh.get().origin(),
          "`refresh` must be at least `1s`, not `" + shown(every) + "`",
          "write for example `refresh: 1h`");
      return Optional.empty();
    }
    staleAfter
        .filter(age -> age.value().compareTo(every) <= 0)
        .ifPresent(age -> isTooShort(age, every));
    if (!table.source().get().traits().replayable()) {
      problems.add(
          ProblemCode.E110,
          refresh.get().origin(),
          "`refresh` reads a table again, and `"
              + table.head().component()
              + "` can be read only once",
          "leave it out, or read the table from a file");
    }
    return Optional.of(
        new Table.Refresh(
            every, staleAfter.map(age -> new Table.StaleAfter(age.value(), age.origin()))));
  }

  private void standInTheFile(String name, Placed<Duration> written, BoundTable table) {
    problems.add(
        ProblemCode.E110,
        written.origin(),
        "`"
            + name
            + "` is about tables that are read again, and the rows of `"
            + table.head().name()
            + "` stand here",
        "leave it out, or read the rows from a file: `file: " + table.head().name() + ".csv`");
  }

  private void isReadOnce(Placed<Duration> written, BoundTable table) {
    problems.add(
        ProblemCode.E110,
        written.origin(),
        "`stale_after` is about tables that are read again, and `"
            + table.head().name()
            + "` is read once, at the start",
        "add `refresh: 1h`, or leave it out");
  }

  private void isTooShort(Placed<Duration> age, Duration every) {
    problems.add(
        ProblemCode.E105,
        age.origin(),
        "`stale_after` must be longer than the `"
            + shown(every)
            + "` of `refresh`, not `"
            + shown(age.value())
            + "`",
        "write for example `stale_after: " + shown(every.multipliedBy(6)) + "`");
  }

  /** In the greatest unit of which it is a whole number. */
  private static String shown(Duration time) {
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    long seconds = time.toSeconds();
    if (seconds % 3600 == 0 && seconds != 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds != 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
