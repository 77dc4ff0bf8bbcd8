package io.penstock.testkit.simulation;

import java.util.Random;

/** Everything outside the process that a scenario runs, and what happens to it. */
public final class World {
  private static final long START_MICROS = 1_700_000_000_000_000L;

  private final Schedule schedule;
  private final EventLog log;
  private final Power power;
  private final SimulatedClock clock;
  private final SimulatedDisk disk;
  private final Database database;
  private final Random data;
  private final Random choices;
  private final Random images;
  private int made;

  /**
   * A new world.
   *
   * @param readable whether its event log is kept as text
   */
  public World(Schedule schedule, SimulatedDisk.Names names, boolean readable) {
    this.schedule = schedule;
    this.log = new EventLog(readable);
    this.power = new Power(log);
    this.clock = new SimulatedClock(START_MICROS, chance(1));
    this.disk = new SimulatedDisk(power, clock, names);
    this.database = new Database(power);
    this.data = chance(2);
    this.choices = chance(3);
    this.images = chance(4);
  }

  /** Chance of its own, the same for the same seed and use. */
  public Random chance(int use) {
    return Chance.of(schedule.seed(), use);
  }

  public Schedule schedule() {
    return schedule;
  }

  public EventLog log() {
    return log;
  }

  public Power power() {
    return power;
  }

  public SimulatedClock clock() {
    return clock;
  }

  public SimulatedDisk disk() {
    return disk;
  }

  public Database database() {
    return database;
  }

  /** How much data comes when. */
  public Random data() {
    return data;
  }

  /** What the power loss leaves. */
  Random images() {
    return images;
  }

  /** One of so many possibilities. */
  public int choice() {
    int drawn = choices.nextInt() & Integer.MAX_VALUE;
    return schedule.calm().get(made++) ? 0 : drawn;
  }

  /** How many choices were made. */
  int choicesMade() {
    return made;
  }
}
