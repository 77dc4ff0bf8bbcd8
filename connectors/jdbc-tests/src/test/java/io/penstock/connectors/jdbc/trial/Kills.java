package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills the process of a trial, or the server, at times drawn by a seed. */
final class Kills {
  private static final int LEAST_MILLIS = 50;
  private static final int MOST_MILLIS = 2000;
  private static final int AMID_MILLIS = 400;
  private static final int SOON_MILLIS = 50;
  private static final int LOOK_MILLIS = 10;

  private final Server server;
  private final Trial trial;
  private final Random chance;
  private int kills;
  private int amid;

  Kills(Server server, Trial trial, long seed) {
    this.server = server;
    this.trial = trial;
    this.chance = new Random(seed);
  }

  /** What is run, and how it is judged from outside. */
  interface Trial {
    /** Makes input and pipeline. */
    Program begin() throws IOException, SQLException;

    /** Gives more input; called every few milliseconds where the input is one that goes on. */
    default void feed() {}

    /** Lets the pipeline come to its end. */
    default Outcome toTheEnd(Program program)
        throws IOException, InterruptedException, SQLException {
      return program.run();
    }

    /** The last epoch that can be seen from outside. */
    long epoch() throws IOException, SQLException;

    /** What is wrong, once the pipeline has come to its end. */
    Verdict verdict() throws IOException, SQLException;
  }

  /** Rows that are nowhere, there again, nobody's, or not as they were written. */
  record Verdict(long lost, long doubled, long phantom, long corrupt) {
    static final Verdict CLEAN = new Verdict(0, 0, 0, 0);
  }

  /** How many kills there were. */
  int kills() {
    return kills;
  }

  /** How many of them came after the process had brought an epoch to the table. */
  int amid() {
    return amid;
  }

  /** Kills the process so many times, then lets it come to the end. */
  Verdict ofTheProcess(int most) throws IOException, InterruptedException, SQLException {
    Program program = trial.begin();
    for (int kill = 0; kill < most; kill++) {
      long before = trial.epoch();
      Process run = program.start();
      if (endsBeforeItsMoment(run, before)) {
        program.ended(run);
        break;
      }
      run.destroyForcibly().waitFor();
      kills++;
      amid += trial.epoch() > before ? 1 : 0;
    }
    return end(program);
  }

  // Every other moment is counted from the first epoch, whatever a start takes.
  // The first kill comes soon after one: a quick machine may end before any other moment.
  private boolean endsBeforeItsMoment(Process run, long before)
      throws IOException, InterruptedException, SQLException {
    int millis = LEAST_MILLIS + chance.nextInt(MOST_MILLIS - LEAST_MILLIS);
    boolean first = kills == 0;
    if (chance.nextBoolean() || first) {
      while (trial.epoch() == before) {
        trial.feed();
        if (run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      millis = chance.nextInt(first ? SOON_MILLIS : AMID_MILLIS);
    }
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(millis)) {
      trial.feed();
      if (run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** Kills the server so many times, and starts it again, while one process goes on. */
  Verdict ofTheServer(int most) throws IOException, InterruptedException, SQLException {
    Program program = trial.begin();
    Process run = program.start();
    // A run that finds no server at its start says so and ends; here it is to have begun.
    while (trial.epoch() == 0 && run.isAlive()) {
      boolean unused = run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    while (kills < most) {
      long before = trial.epoch();
      if (run.waitFor(chance.nextInt(AMID_MILLIS), TimeUnit.MILLISECONDS)) {
        break;
      }
      server.killAndRestart();
      kills++;
      amid += trial.epoch() > before ? 1 : 0;
    }
    Outcome outcome = program.ended(run);
    if (outcome.code() != 0) {
      throw new IOException("the run ended with " + outcome.code() + ": " + outcome.text());
    }
    return trial.verdict();
  }

  private Verdict end(Program program) throws IOException, InterruptedException, SQLException {
    Outcome outcome = trial.toTheEnd(program);
    if (outcome.code() != 0) {
      throw new IOException("the run ended with " + outcome.code() + ": " + outcome.text());
    }
    return trial.verdict();
  }
}
