package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.kafka.trial.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
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
    try (Server server = server(arguments[5], data);
        Brokers brokers = Brokers.of(what, folder)) {
      for (int round = 0; kills < wanted; round++) {
        Path here = Files.createDirectories(folder.resolve("round-" + round));
        Kills.Trial trial = trial(new What(what, rows, brokers), server, here, round);
        Kills next = new Kills(server, trial, seed + round);
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

  private static Server server(String kind, Path data) throws Exception {
    return switch (kind) {
      case "postgresql" -> Postgres.in(data);
      case "mariadb" -> MariaServer.in(data);
      case "mysql" -> MySqlServer.in(data).orElseThrow(KillCommand::notFetched);
      default -> throw new IllegalArgumentException("there is no database " + kind);
    };
  }

  private static IllegalStateException notFetched() {
    return new IllegalStateException("there is no MySQL here: engine/bench/mysql.sh brings it");
  }

  /** A broker, where records come from one. */
  private record Brokers(Optional<Broker> one) implements AutoCloseable {
    static Brokers of(String what, Path folder) throws IOException {
      return what.startsWith("kafka")
          ? new Brokers(Optional.of(Broker.in(Files.createDirectories(folder.resolve("broker")))))
          : new Brokers(Optional.empty());
    }

    @Override
    public void close() {
      one.ifPresent(Broker::close);
    }
  }

  /** What is tried. */
  private record What(String name, int rows, Brokers brokers) {}

  private static Kills.Trial trial(What what, Server server, Path folder, int round)
      throws Exception {
    String table = "round_" + round;
    if (what.brokers().one().isPresent()) {
      // Both modes in turn.
      String mode = round % 2 == 0 ? "continuous" : "micro_batch";
      return KafkaToTable.make(what.brokers().one().get(), server, folder, mode, table);
    }
    if (what.name().startsWith("read")) {
      return new FromTable(server, folder, what.rows(), table, 1 + round % 2 * 3);
    }
    String mode = what.name().equals("server") ? "continuous" : what.name();
    return new ToTable(server, folder, mode, what.rows(), table);
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path[] all = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
      for (Path file : Arrays.asList(all)) {
        Files.delete(file);
      }
    }
  }
}
