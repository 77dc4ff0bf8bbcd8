package io.penstock.testkit.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/** Simulates scenarios of one kind, each by its schedule. */
public final class Simulation {
  private final Scenario.Maker maker;
  private final SimulatedDisk.Names names;

  /** Simulations of what the maker makes, on disks of this kind. */
  public Simulation(Scenario.Maker maker, SimulatedDisk.Names names) {
    this.maker = maker;
    this.names = names;
  }

  /**
   * What a simulation came to.
   *
   * @param violation what did not hold; empty where everything did
   * @param log what happened
   * @param choices how many choices were made
   * @param lives how often the process was started
   * @param steps what all of them did to the outside
   */
  public record Result(
      Optional<String> violation, EventLog log, int choices, int lives, long steps) {}

  /**
   * Does one simulation.
   *
   * @param readable whether the event log is kept as text
   */
  public Result run(Schedule schedule, boolean readable) {
    World world = new World(schedule, names, readable);
    Optional<String> violation = Optional.empty();
    try {
      new Lives(world, maker.in(world)).all();
    } catch (Violation e) {
      violation = Optional.of(String.valueOf(e.getMessage()));
    } catch (Exception | AssertionError e) {
      violation = Optional.of(text(e));
    }
    Power power = world.power();
    return new Result(
        violation, world.log(), world.choicesMade(), power.life() + 1, power.allSteps());
  }

  private static String text(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
