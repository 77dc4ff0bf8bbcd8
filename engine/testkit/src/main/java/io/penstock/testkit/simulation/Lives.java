package io.penstock.testkit.simulation;

import java.time.Duration;
import java.util.Optional;

/**
 * Starts a process again and again in one world, through all that goes wrong there, until its work
 * is done, and watches what must hold.
 */
final class Lives {
  private static final int WITHOUT_FAULTS = 3;
  private static final int MOST_STEPS = 100_000;
  private static final long PATIENCE_MICROS = Duration.ofMinutes(10).toMillis() * 1000;

  private final World world;
  private final Scenario scenario;
  private Optional<String> violation = Optional.empty();

  Lives(World world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
  }

  /** What did not hold; empty where everything did. */
  Optional<String> all() throws Exception {
    int most = world.schedule().lastFaultyLife() + 1 + WITHOUT_FAULTS;
    for (int life = 0; life < most; life++) {
      world.power().start(world.schedule().faults());
      Optional<Life.Ending> ending = one();
      if (violation.isEmpty()) {
        violation = ending.isPresent() ? scenario.checkEnd(ending.get()) : scenario.check();
      }
      if (violation.isPresent() || ending.filter(Lives::isLast).isPresent()) {
        return violation;
      }
    }
    return Optional.of("the work is not done, though nothing goes wrong any more");
  }

  private static boolean isLast(Life.Ending ending) {
    return ending == Life.Ending.FINISHED || ending == Life.Ending.REFUSED;
  }

  /** One process; how it ended, empty where a fault ended it. */
  private Optional<Life.Ending> one() throws Exception {
    Optional<Life.Ending> ending = Optional.empty();
    try {
      Life life = scenario.start();
      steps(life);
      if (violation.isEmpty() && !world.power().isOut()) {
        ending = Optional.of(life.end());
      }
    } catch (Crash e) {
      // As it should be: the process is gone.
    }
    if (world.power().isOut()) {
      crash();
      return Optional.empty();
    }
    world.power().end();
    world.disk().processEnds();
    return ending;
  }

  private void steps(Life life) throws Exception {
    long begun = world.clock().micros();
    for (int step = 0; life.step(world.choice()) && !world.power().isOut(); step++) {
      if (world.power().takesStop()) {
        life.stop();
      }
      violation = scenario.check();
      if (violation.isEmpty() && isTooLong(step, begun)) {
        violation = Optional.of("the run goes on without an end");
      }
      if (violation.isPresent()) {
        return;
      }
    }
  }

  private boolean isTooLong(int step, long begun) {
    return step > MOST_STEPS || world.clock().micros() - begun > PATIENCE_MICROS;
  }

  private void crash() {
    if (!world.power().isLost()) {
      world.disk().processEnds();
      return;
    }
    world.disk().powerLoss(world.images());
    world
        .power()
        .takes(Fault.Kind.BIT_FLIP)
        .ifPresent(
            fault -> scenario.flips().ifPresent(path -> world.disk().flip(path, fault.amount())));
  }
}
