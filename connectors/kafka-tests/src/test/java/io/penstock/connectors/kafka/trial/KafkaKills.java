package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Kills processes between two topics at times drawn by a seed, some while the broker gives no
 * answer, so that nobody has heard what became of a transaction.
 */
final class KafkaKills {
  private static final int LEAST_MILLIS = 300;
  private static final int MOST_MILLIS = 2500;
  private static final int AMID_MILLIS = 400;
  private static final int SILENT_MILLIS = 700;
  private static final int LOOK_MILLIS = 5;

  private final Broker broker;
  private final Random chance;
  private int kills;
  private int amid;
  private int silent;
  private long epochs;

  KafkaKills(Broker broker, Random chance) {
    this.broker = broker;
    this.chance = chance;
  }

  /** What was done so far. */
  @Override
  public String toString() {
    return kills
        + " kills, "
        + amid
        + " of them behind a new epoch, "
        + silent
        + " while the broker was silent, "
        + epochs
        + " epochs";
  }

  /** One flow that is killed so often, and then comes to its end. */
  Verdict round(Path folder, String name, String mode, int most)
      throws IOException, InterruptedException, ExecutionException {
    // With short epochs rows go out before they are decided.
    String pace = List.of("20ms", "100ms", "1s").get(chance.nextInt(3));
    Flow flow = Flow.make(broker, folder, name, mode, "checkpoint: " + pace);
    for (int kill = 0; kill < most; kill++) {
      long before = flow.epoch();
      Process process = flow.start();
      awaitMoment(flow, process, before);
      if (process.isAlive() && chance.nextInt(4) == 0) {
        silently(process);
      }
      process.destroyForcibly().waitFor();
      kills++;
      amid += flow.epoch() > before ? 1 : 0;
    }
    flow.feed(1);
    Program.Outcome outcome = flow.toTheEnd(flow.start());
    if (outcome.code() != 0) {
      throw new IOException("the last run ended with " + outcome.code() + ": " + outcome.text());
    }
    epochs += flow.epoch();
    return flow.verdict();
  }

  /** Every other moment is counted from the first epoch that the process decides. */
  private void awaitMoment(Flow flow, Process process, long before)
      throws IOException, InterruptedException {
    int millis = LEAST_MILLIS + chance.nextInt(MOST_MILLIS - LEAST_MILLIS);
    boolean ended = false;
    if (chance.nextBoolean()) {
      while (!ended && flow.epoch() == before) {
        flow.feed(1);
        ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      millis = chance.nextInt(AMID_MILLIS);
    }
    if (!ended) {
      boolean unused = flow.feedsUntil(process, millis);
    }
  }

  private void silently(Process process) throws IOException, InterruptedException {
    broker.pause();
    try {
      silent++;
      boolean unused = process.waitFor(chance.nextInt(SILENT_MILLIS), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    } finally {
      broker.resume();
    }
  }
}
