package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.testkit.simulation.SimulatedDisk;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong, every row comes out once, in its order: 20,000 seeds in all, on disks that
 * lose names in any order or in theirs.
 */
final class DeliverySimulationTest {
  private static final int SEEDS = Integer.getInteger("penstock.seeds", 2500);

  @ParameterizedTest
  @EnumSource
  void everyRowComesOutOnceInItsOrder(Topology topology) {
    for (SimulatedDisk.Names names : SimulatedDisk.Names.values()) {
      Seeds seeds = new Seeds(topology, names, Variant.RIGHT);
      Optional<Long> failing = seeds.firstFailing(0, SEEDS);
      assertEquals(
          Optional.empty(),
          failing,
          () -> failing.flatMap(seed -> seeds.report(Seeds.schedule(seed))).orElse("not the same"));
    }
  }
}
