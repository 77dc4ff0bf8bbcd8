package io.penstock.core.run;

import io.penstock.testkit.simulation.Fault;
import io.penstock.testkit.simulation.Schedule;
import io.penstock.testkit.simulation.Shrinking;
import io.penstock.testkit.simulation.SimulatedDisk;
import io.penstock.testkit.simulation.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** One topology on one kind of disk, simulated by seeds. */
record Seeds(Topology topology, SimulatedDisk.Names names, Variant variant) {
  private static final List<Fault.Kind> KINDS = List.of(Fault.Kind.values());
  private static final int TWICE = 100;
  private static final int TELL = 20_000;
  private static final String AGAIN =
      "mvn -B -Dquick test -pl engine/core -am -Dtest=SeedsTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.schedule='%s %s %%s'";

  Simulation simulation() {
    return new Simulation(world -> new RunScenario(world, topology, variant), names);
  }

  static Schedule schedule(long seed) {
    return Schedule.of(seed, KINDS);
  }

  /** Whether a seed breaks no law; one in a hundred is done twice, and must do the same. */
  boolean holds(long seed) {
    Simulation.Result result = simulation().run(schedule(seed), false);
    boolean same =
        seed % TWICE != 0
            || result.log().hash() == simulation().run(schedule(seed), true).log().hash();
    return same && result.violation().isEmpty();
  }

  /** What a schedule breaks, told at length; empty where it breaks nothing. */
  Optional<String> report(Schedule schedule) {
    if (simulation().run(schedule, false).violation().isEmpty()) {
      return Optional.empty();
    }
    String again = AGAIN.formatted(topology, names);
    return Optional.of(Shrinking.report(simulation(), schedule, again));
  }

  /** The first seed that breaks a law; empty for none. */
  Optional<Long> firstFailing(long from, long to) {
    for (long seed = from; seed < to; seed++) {
      if (!holds(seed)) {
        return Optional.of(seed);
      }
    }
    return Optional.empty();
  }

  /**
   * Simulates many seeds of all topologies on all disks, for hours.
   *
   * @param arguments how many seeds in all, the first of them, how many threads
   */
  public static void main(String[] arguments) {
    long all = Long.parseLong(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    int kinds = Topology.values().length * SimulatedDisk.Names.values().length;
    long each = (all + kinds - 1) / kinds;
    AtomicLong done = new AtomicLong();
    AtomicLong broken = new AtomicLong();
    List<Thread> workers =
        IntStream.range(0, threads)
            .mapToObj(i -> new Thread(() -> work(first + i, first + each, threads, done, broken)))
            .toList();
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      join(worker);
    }
    System.out.println(done + " seeds from " + first + " on, " + broken + " violations");
    // A thread that has died has not done its seeds.
    System.exit(broken.get() == 0 && done.get() == each * kinds ? 0 : 1);
  }

  private static void join(Thread worker) {
    try {
      worker.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void work(long from, long to, int step, AtomicLong done, AtomicLong broken) {
    long begun = System.nanoTime();
    for (long seed = from; seed < to; seed += step) {
      for (Topology topology : Topology.values()) {
        for (SimulatedDisk.Names names : SimulatedDisk.Names.values()) {
          Seeds seeds = new Seeds(topology, names, Variant.RIGHT);
          if (!seeds.holds(seed)) {
            broken.incrementAndGet();
            System.out.println(topology + " " + names + " " + seeds.report(schedule(seed)));
          }
          long count = done.incrementAndGet();
          if (count % TELL == 0) {
            long nanos = System.nanoTime() - begun;
            System.out.println(
                count
                    + " seeds, "
                    + broken
                    + " violations, "
                    + count * 1_000_000_000 / nanos
                    + " seeds a second");
          }
        }
      }
    }
  }
}
