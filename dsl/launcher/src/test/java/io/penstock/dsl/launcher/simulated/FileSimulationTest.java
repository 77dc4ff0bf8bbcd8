package io.penstock.dsl.launcher.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.simulation.Schedule;
import io.penstock.testkit.simulation.SimulatedDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong, every line of every file that comes is once in the parts and once in the
 * single file, in the order of its file, or it is a dead letter once: 2,000 seeds in all.
 */
final class FileSimulationTest {
  private static final int SEEDS = Integer.getInteger("penstock.seeds", 1000);
  private static final FileScenario.Plans PLANS = FileScenario.Plans.make();

  @ParameterizedTest
  @EnumSource
  void everyLineComesOutOnceInItsOrder(SimulatedDisk.Names names) {
    FileSeeds seeds = new FileSeeds(names, PLANS);
    for (long seed = 0; seed < SEEDS; seed++) {
      long failing = seed;
      assertTrue(seeds.holds(seed), () -> seeds.report(failing));
    }
  }

  @Test
  void theScheduleOfTheCommandLineHolds() {
    String[] line = System.getProperty("penstock.schedule", "WEAK 0  -").split(" ", 2);
    FileSeeds seeds = new FileSeeds(SimulatedDisk.Names.valueOf(line[0]), PLANS);
    assertEquals(java.util.Optional.empty(), seeds.report(Schedule.parse(line[1])));
  }
}
