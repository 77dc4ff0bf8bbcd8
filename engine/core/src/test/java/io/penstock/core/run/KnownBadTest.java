package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.simulation.SimulatedDisk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds each way to get the protocol wrong, on both kinds of disks. */
final class KnownBadTest {
  private static final int SEEDS = 1000;

  @ParameterizedTest
  @EnumSource
  void isFoundWithinAThousandSeeds(KnownBad bad) {
    for (SimulatedDisk.Names names : SimulatedDisk.Names.values()) {
      Seeds seeds = new Seeds(Topology.LINE, names, bad);
      assertTrue(
          seeds.firstFailing(0, SEEDS).isPresent(),
          () -> bad + " is not noticed on a " + names + " disk");
    }
  }
}
