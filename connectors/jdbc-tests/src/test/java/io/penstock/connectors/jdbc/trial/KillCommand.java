package io.penstock.connectors.jdbc.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/** Kills until there were as many kills as asked, and says what was found. */
final class KillCommand {
  private static final int KILLS_OF_A_ROUND = 20;

  private KillCommand() {}

  /** The folder, what is killed, kills, rows, seed, which database. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    String what = arguments[1];
    int wanted = Integer.parseInt(arguments[2]);
    int rows = Integer.parseInt(arguments[3]);
    long seed = Long.parseLong(arguments[4]);
    int kills = 0;
    int amid = 0;
    boolean clean = true;
    // The server may run as somebody else, who must be able to come here.
    Path data = Files.createTempDirectory("penstock-server");
    try (Server server =
        arguments[5].equals("mariadb") ? MariaServer.in(data) : Postgres.in(data)) {
      for (int round = 0; kills < wanted; round++) {
        Path here = Files.createDirectories(folder.resolve("round-" + round));
        Kills next = new Kills(server, trial(what, server, here, rows, round), seed + round);
        int most = Math.min(KILLS_OF_A_ROUND, wanted - kills);
        Kills.Verdict verdict =
            what.endsWith("server") ? next.ofTheServer(most) : next.ofTheProcess(most);
        kills += next.kills();
        amid += next.amid();
        boolean wrong = !verdict.equals(Kills.Verdict.CLEAN);
        clean &= !wrong;
        System.out.printf(
            "%s: %d kills, %d of them behind a new epoch, %d runs, %s%n",
            what, kills, amid, round + 1, verdict);
        if (!wrong) {
          remove(here);
        }
      }
    } finally {
      remove(data);
    }
    System.exit(clean ? 0 : 1);
  }

  private static Kills.Trial trial(String what, Server server, Path folder, int rows, int round) {
    String table = "round_" + round;
    if (what.startsWith("read")) {
      return new FromTable(server, folder, rows, table);
    }
    String mode = what.equals("server") ? "continuous" : what;
    return new ToTable(server, folder, mode, rows, table);
  }

  static void remove(Path folder) throws java.io.IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path[] all = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
      for (Path file : Arrays.asList(all)) {
        Files.delete(file);
      }
    }
  }
}
