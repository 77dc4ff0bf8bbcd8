package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Table;
import io.penstock.core.operator.TableVersions;
import io.penstock.core.runner.RunRequest.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A table that is read again while a run goes on: when that is due, from which epoch on its rows
 * count, and what is told where it does not work. Used by the supervisor.
 */
final class RefreshedTable {
  /** A reading that has failed is tried again after this, or sooner where a refresh is due. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final TableReader reader;
  private final Table.Refresh refresh;
  private final TableVersions versions;
  private final RunScope scope;
  private final Reports reports;
  private final RefreshTask work;
  private final Task task;
  private final ArrayDeque<Version> waiting = new ArrayDeque<>();
  private ReadTime lastRead;
  private long triedNanos;
  private Duration pause;
  private boolean reading;
  private Optional<String> failing = Optional.empty();

  /** A version that no epoch was decided with yet, and the first epoch that sees it. */
  private record Version(long from, long rows, Instant readAt) {}

  /**
   * A table that was read once.
   *
   * @param first when that was
   * @param pool whose thread reads it again
   */
  RefreshedTable(
      TableReader reader,
      TableVersions versions,
      ReadTime first,
      RunScope scope,
      Reports reports,
      TaskPool pool) {
    this.reader = reader;
    this.refresh = reader.table().refresh().orElseThrow();
    this.versions = versions;
    this.scope = scope;
    this.reports = reports;
    this.work = new RefreshTask(reader, scope.request().clock());
    this.task = pool.task(name(), work);
    this.lastRead = first;
    this.triedNanos = first.nanos();
    this.pause = refresh.every();
  }

  private String name() {
    return reader.table().name();
  }

  /** Reads the table where that is due, and takes what was read. */
  void look() {
    work.take().ifPresent(this::take);
    long now = scope.request().clock().nanos();
    refuseOld(now);
    if (!reading && isOver(pause, now - triedNanos)) {
      reading = true;
      task.wake();
    }
    versions.forgetBefore(scope.epochs().current());
  }

  /** Not in nanoseconds, which cannot count all times that may be written. */
  private static boolean isOver(Duration time, long nanos) {
    return Duration.ofNanos(nanos).compareTo(time) >= 0;
  }

  private void take(RefreshTask.Outcome outcome) {
    reading = false;
    if (outcome instanceof RefreshTask.Read read) {
      // A barrier may be under way that some tasks have passed and others have not.
      long from = scope.epochs().barrier() + 2;
      versions.replace(from, read.table());
      waiting.removeIf(version -> version.from() == from);
      waiting.add(new Version(from, read.table().size(), read.at().instant()));
      lastRead = read.at();
      triedNanos = lastRead.nanos();
      pause = refresh.every();
      reports.refreshed(name());
      if (failing.isPresent()) {
        failing = Optional.empty();
        scope.request().log().accept(new LogLine("info", name(), "the table is read again"));
      }
    } else if (outcome instanceof RefreshTask.Failed failed) {
      triedNanos = scope.request().clock().nanos();
      pause = retry();
      reports.refreshFailed(name());
      told(failed.why());
    }
  }

  private Duration retry() {
    return refresh.every().compareTo(RETRY) < 0 ? refresh.every() : RETRY;
  }

  private void told(Problem why) {
    String again = "trying again every " + shown(retry());
    if (failing.isEmpty()) {
      scope
          .warnings()
          .add(
              reader.node(),
              new Problem(
                  why.code(),
                  why.origin(),
                  "the table `"
                      + name()
                      + "` keeps its rows of "
                      + lastRead.instant()
                      + ", since it could not be read again: "
                      + why.message(),
                  Optional.of(again)));
    }
    failing =
        Optional.of(
            "the table `"
                + name()
                + "` has its rows of "
                + lastRead.instant()
                + ", since it could not be read again ("
                + why.code()
                + " "
                + why.message()
                + "); "
                + again);
  }

  private static String shown(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private void refuseOld(long now) {
    if (refresh.staleAfter().isEmpty()) {
      return;
    }
    Table.StaleAfter most = refresh.staleAfter().get();
    if (isOver(most.age(), now - lastRead.nanos())) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.R214,
              most.origin(),
              "the rows of the table `"
                  + name()
                  + "` are of "
                  + lastRead.instant()
                  + ", older than the `"
                  + shown(most.age())
                  + "` of `stale_after`: "
                  + failing.orElse("reading them again does not come to its end"),
              "mend what the message says, then run again"));
    }
  }

  /** What keeps it from being read again; empty where nothing does. */
  Optional<String> failing() {
    return failing;
  }

  /** Whether a version waits for a barrier that nobody has asked for. */
  boolean hasNews() {
    return !waiting.isEmpty() && waiting.getLast().from() > scope.epochs().barrier() + 1;
  }

  /** An epoch is about to be decided: its rows have seen the last version up to it. */
  void reached(long epoch) {
    while (!waiting.isEmpty() && waiting.getFirst().from() <= epoch) {
      Version seen = waiting.removeFirst();
      reports.table(name(), seen.rows(), Optional.of(seen.readAt()));
    }
  }

  /** What reads it, to be closed. */
  AutoCloseable open() {
    return work;
  }
}
