package io.penstock.dsl.launcher.simulated;

import io.penstock.testkit.simulation.Fault;
import io.penstock.testkit.simulation.Schedule;
import io.penstock.testkit.simulation.Shrinking;
import io.penstock.testkit.simulation.SimulatedDisk;
import io.penstock.testkit.simulation.Simulation;
import java.util.List;
import java.util.Optional;

/** Pipelines from files to files on one kind of disk, simulated by seeds. */
record FileSeeds(SimulatedDisk.Names names, FileScenario.Plans plans) {
  private static final List<Fault.Kind> KINDS = List.of(Fault.Kind.values());
  private static final int TWICE = 100;
  private static final int TELL = 20_000;
  private static final String AGAIN =
      "mvn -B -Dquick test -pl dsl/launcher -am -Dtest=FileSimulationTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.schedule='%s %%s'";

  private Simulation simulation() {
    return new Simulation(world -> new FileScenario(world, plans), names);
  }

  /** Whether a seed breaks no law; one in a hundred is done twice, and must do the same. */
  boolean holds(long seed) {
    Schedule schedule = Schedule.of(seed, KINDS);
    Simulation.Result result = simulation().run(schedule, false);
    boolean same =
        seed % TWICE != 0 || result.log().hash() == simulation().run(schedule, true).log().hash();
    return same && result.violation().isEmpty();
  }

  /** What a seed breaks, told at length. */
  String report(long seed) {
    return report(Schedule.of(seed, KINDS)).orElse("seed " + seed + " does not do the same twice");
  }

  /** What a schedule breaks, told at length; empty where it breaks nothing. */
  Optional<String> report(Schedule schedule) {
    return simulation().run(schedule, false).violation().isEmpty()
        ? Optional.empty()
        : Optional.of(Shrinking.report(simulation(), schedule, AGAIN.formatted(names)));
  }

  /**
   * Simulates many seeds on both kinds of disks, for hours, on one thread; start several with seeds
   * of their own.
   *
   * @param arguments how many seeds in all, the first of them
   */
  public static void main(String[] arguments) {
    long all = Long.parseLong(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    FileScenario.Plans plans = FileScenario.Plans.make();
    long done = 0;
    long broken = 0;
    long begun = System.nanoTime();
    for (long seed = first; done < all; seed++) {
      for (SimulatedDisk.Names names : SimulatedDisk.Names.values()) {
        FileSeeds seeds = new FileSeeds(names, plans);
        if (!seeds.holds(seed)) {
          broken++;
          System.out.println(names + " " + seeds.report(seed));
        }
        if (++done % TELL == 0) {
          long rate = done * 1_000_000_000 / (System.nanoTime() - begun);
          System.out.println(
              done + " seeds, " + broken + " violations, " + rate + " seeds a second");
        }
      }
    }
    System.out.println(done + " seeds from " + first + " on, " + broken + " violations");
    System.exit(broken == 0 ? 0 : 1);
  }
}
