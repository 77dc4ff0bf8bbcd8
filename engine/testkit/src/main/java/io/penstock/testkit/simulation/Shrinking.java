package io.penstock.testkit.simulation;

import java.util.Optional;

/** Looks for the least that makes a simulation fail: leaves out one fault, then some choices. */
public final class Shrinking {
  private static final int MOST_RUNS = 600;

  private final Simulation simulation;
  private int runs;

  private Shrinking(Simulation simulation) {
    this.simulation = simulation;
  }

  /** The smallest schedule that was found to fail as this one does. */
  public static Schedule shrink(Simulation simulation, Schedule failing) {
    Shrinking shrinking = new Shrinking(simulation);
    return shrinking.calmed(shrinking.fewerFaults(failing));
  }

  /** A schedule, what it breaks and how to see it again, in words. */
  public static String report(Simulation simulation, Schedule failing, String replay) {
    Schedule least = shrink(simulation, failing);
    Simulation.Result result = simulation.run(least, true);
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(failing.seed()).append(": ");
    text.append(result.violation().orElse("holds")).append('\n');
    text.append("as found: ").append(failing).append('\n');
    text.append("at least: ").append(least).append('\n');
    result.log().lines().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append("again: ").append(replay.formatted(least)).append('\n').toString();
  }

  private boolean fails(Schedule schedule) {
    runs++;
    return simulation.run(schedule, false).violation().isPresent();
  }

  private Schedule fewerFaults(Schedule failing) {
    Schedule least = failing;
    Optional<Schedule> fewer = oneFewer(least);
    while (fewer.isPresent()) {
      least = fewer.get();
      fewer = oneFewer(least);
    }
    return least;
  }

  private Optional<Schedule> oneFewer(Schedule failing) {
    for (Fault fault : failing.faults()) {
      Schedule fewer = failing.without(fault);
      if (fails(fewer)) {
        return Optional.of(fewer);
      }
    }
    return Optional.empty();
  }

  private Schedule calmed(Schedule failing) {
    Schedule least = failing;
    int choices = simulation.run(failing, false).choices();
    for (int size = choices; size > 0 && runs < MOST_RUNS; size /= 2) {
      for (int from = 0; from < choices && runs < MOST_RUNS; from += size) {
        Schedule calmer = least.calmer(from, Math.min(choices, from + size));
        if (!calmer.calm().equals(least.calm()) && fails(calmer)) {
          least = calmer;
        }
      }
    }
    return least;
  }
}
