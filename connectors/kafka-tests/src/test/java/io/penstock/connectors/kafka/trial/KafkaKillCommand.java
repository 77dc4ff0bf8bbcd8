package io.penstock.connectors.kafka.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** What {@code engine/bench/kill-kafka.sh} starts. */
final class KafkaKillCommand {
  private static final int KILLS_OF_A_RUN = 20;

  private KafkaKillCommand() {}

  /**
   * Kills so often, in both modes in turn, and ends with 1 where a topic is wrong.
   *
   * @param words an empty folder, the number of kills, a seed
   */
  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[0]).toAbsolutePath();
    int wanted = Integer.parseInt(words[1]);
    Random chance = new Random(Long.parseLong(words[2]));
    Verdict all = Verdict.CLEAN;
    try (Broker broker = Broker.in(Files.createDirectories(folder.resolve("broker")))) {
      KafkaKills kills = new KafkaKills(broker, chance);
      int left = wanted;
      for (int round = 0; left > 0; round++) {
        String mode = round % 2 == 0 ? "continuous" : "micro_batch";
        int now = Math.min(KILLS_OF_A_RUN, left);
        Path here = folder.resolve("round-" + round);
        all = all.plus(kills.round(here, "round" + round, mode, now));
        left -= now;
        System.out.println(mode + ": " + kills + ", " + all);
      }
    }
    System.exit(all.equals(Verdict.CLEAN) ? 0 : 1);
  }
}
