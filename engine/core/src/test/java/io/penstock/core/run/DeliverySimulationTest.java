package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.testkit.simulation.Fault;
import io.penstock.testkit.simulation.Schedule;
import io.penstock.testkit.simulation.Shrinking;
import io.penstock.testkit.simulation.SimulatedDisk;
import io.penstock.testkit.simulation.Simulation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong, every row comes out once, in its order. */
final class DeliverySimulationTest {
  private static final List<Fault.Kind> KINDS = List.of(Fault.Kind.values());
  private static final int SEEDS = Integer.getInteger("penstock.seeds", 2500);

  @ParameterizedTest
  @EnumSource
  void everyRowComesOutOnceInItsOrder(Topology topology) {
    for (SimulatedDisk.Names names : SimulatedDisk.Names.values()) {
      Simulation simulation =
          new Simulation(world -> new RunScenario(world, topology, Variant.RIGHT), names);
      long lives = 0;
      long steps = 0;
      for (long seed = 0; seed < SEEDS; seed++) {
        Schedule schedule = Schedule.of(seed, KINDS);
        Simulation.Result result = simulation.run(schedule, false);
        lives += result.lives();
        steps += result.steps();
        if (result.violation().isPresent()) {
          throw new AssertionError(
              topology + " " + names + " " + Shrinking.report(simulation, schedule, "%s"));
        }
        if (seed % 100 == 0) {
          assertEquals(result.log().hash(), simulation.run(schedule, true).log().hash());
        }
      }
      System.out.println(topology + " " + names + " " + lives + " lives " + steps + " steps");
    }
  }
}
