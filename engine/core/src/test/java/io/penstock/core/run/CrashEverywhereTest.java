package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.simulation.Fault;
import io.penstock.testkit.simulation.Schedule;
import io.penstock.testkit.simulation.SimulatedDisk;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes at each step of one small run, and four times each what it leaves differs. */
final class CrashEverywhereTest {
  private static final int IMAGES = 4;

  /** Fewer rows, so that a run has few steps. */
  private static final Variant SMALL =
      new Variant() {
        @Override
        public int rows() {
          return 12;
        }
      };

  @ParameterizedTest
  @EnumSource
  void everyStepMayBeTheLast(Topology topology) {
    for (SimulatedDisk.Names names : SimulatedDisk.Names.values()) {
      Seeds seeds = new Seeds(topology, names, SMALL);
      for (long seed = 0; seed < IMAGES; seed++) {
        long steps = seeds.simulation().run(crash(seed, Integer.MAX_VALUE), false).steps();
        assertTrue(steps > 30, () -> steps + " steps");
        for (int step = 0; step < steps; step++) {
          assertEquals(Optional.empty(), seeds.report(crash(seed, step)));
        }
      }
    }
  }

  private static Schedule crash(long seed, int step) {
    Fault fault = new Fault(0, step, Fault.Kind.POWER_LOSS, 0);
    return new Schedule(seed, List.of(fault), new BitSet());
  }
}
