package io.penstock.core.run;

import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.physical.PhysicalPlan;
import io.penstock.core.physical.StepKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which sources meet in steps that keep rows by their time, as the plan says. */
final class Meetings {
  private static final Duration MOST = Duration.ofMinutes(1);

  /**
   * What is known so far.
   *
   * @param least how far they may be apart at least, for the joins below
   */
  private record Met(Set<String> sources, Duration least) {
    Met and(Met other) {
      Set<String> all = new LinkedHashSet<>(sources);
      all.addAll(other.sources);
      return new Met(all, greater(least, other.least));
    }
  }

  private final PhysicalPlan plan;
  private final Map<StepKey, LogicalNode> nodes;

  private Meetings(PhysicalPlan plan) {
    this.plan = plan;
    this.nodes = plan.nodes();
  }

  /** The sources that meet, each in at most one group. */
  static List<Drift.Group> of(PhysicalPlan plan) {
    Meetings meetings = new Meetings(plan);
    List<Met> all = new ArrayList<>();
    for (LogicalNode node : plan.logical().nodes()) {
      if (node.operation() instanceof Operation.ByTime timed && timed.keepsByTime()) {
        Met met = new Met(meetings.above(node), within(node.operation()));
        for (Met other : List.copyOf(all)) {
          if (other.sources().stream().anyMatch(met.sources()::contains)) {
            all.remove(other);
            met = met.and(other);
          }
        }
        all.add(met);
      }
    }
    return all.stream().map(meetings::group).toList();
  }

  private static Duration within(Operation operation) {
    return operation instanceof Join join && join.bound().orElse(null) instanceof Join.Within within
        ? greater(within.before().abs(), within.after().abs())
        : Duration.ZERO;
  }

  private static Duration greater(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** The sources from which rows come to a step. */
  private Set<String> above(LogicalNode node) {
    Set<String> sources = new LinkedHashSet<>();
    if (node.operation() instanceof Operation.Read) {
      sources.add(node.step());
    }
    for (LogicalNode.Input input : node.inputs()) {
      sources.addAll(above(java.util.Objects.requireNonNull(nodes.get(StepKey.of(input)))));
    }
    return sources;
  }

  private Drift.Group group(Met met) {
    Set<String> followed = new HashSet<>();
    Optional<Duration> written = Optional.empty();
    for (String source : met.sources()) {
      List<EventTime> times = times(source);
      if (!times.isEmpty() && times.stream().allMatch(Meetings::isFollowed)) {
        followed.add(source);
      }
      for (EventTime time : times) {
        Optional<Duration> before = written;
        written = time.maxDrift().map(own -> greater(own, before.orElse(own))).or(() -> before);
      }
    }
    Duration most = greater(written.orElse(MOST), met.least());
    return new Drift.Group(met.sources(), followed, micros(most));
  }

  /**
   * Whether it says how far a source has come: not where it moves only at the end, goes by the
   * clock, or where nobody knows which files there will be.
   */
  private static boolean isFollowed(EventTime time) {
    return time.outOfOrder().isPresent() && !time.processing() && !time.byFile();
  }

  /** How the rows of a source get their time where it is read. */
  private List<EventTime> times(String source) {
    for (LogicalNode node : plan.logical().nodes()) {
      if (node.operation() instanceof Operation.Read && node.step().equals(source)) {
        return Timers.of(plan.begunBy(StepKey.of(node)));
      }
    }
    throw new IllegalArgumentException(source);
  }

  private static long micros(Duration length) {
    try {
      return Math.multiplyExact(length.getSeconds(), 1_000_000L) + length.getNano() / 1000;
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
