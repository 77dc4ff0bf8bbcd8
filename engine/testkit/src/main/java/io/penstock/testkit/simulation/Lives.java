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
  private int steps;
  private long begunMicros;

  Lives(World world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
  }

  /** Does everything; what did not hold is thrown. */
  void all() throws Exception {
    int most = world.schedule().lastFaultyLife() + 1 + WITHOUT_FAULTS;
    for (int life = 0; life < most; life++) {
      world.power().start(world.schedule().faults());
      Optional<Life.Ending> ending = one();
      check(ending.isPresent() ? scenario.checkEnd(ending.get()) : scenario.check());
      if (ending.filter(Lives::isLast).isPresent()) {
        return;
      }
    }
    throw new Violation("the work is not done, though nothing goes wrong any more");
  }

  private static boolean isLast(Life.Ending ending) {
    return ending == Life.Ending.FINISHED || ending == Life.Ending.REFUSED;
  }

  private static void check(Optional<String> broken) {
    if (broken.isPresent()) {
      throw new Violation(broken.get());
    }
  }

  /** One process; how it ended, empty where a fault ended it. */
  private Optional<Life.Ending> one() throws Exception {
    Optional<Life.Ending> ending = Optional.empty();
    steps = 0;
    begunMicros = world.clock().micros();
    try {
      Life life = scenario.start();
      ending = Optional.of(life.live(() -> next(life)));
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

  private int next(Life life) {
    if (world.power().isOut()) {
      throw new Crash("next step");
    }
    if (world.power().takesStop()) {
      life.stop();
    }
    check(scenario.check());
    if (++steps > MOST_STEPS || world.clock().micros() - begunMicros > PATIENCE_MICROS) {
      throw new Violation("the run goes on without an end");
    }
    return world.choice();
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
