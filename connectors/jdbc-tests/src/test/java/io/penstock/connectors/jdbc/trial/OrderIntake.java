package io.penstock.connectors.jdbc.trial;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import io.penstock.connectors.kafka.trial.Broker;
import io.penstock.connectors.kafka.trial.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The reference pipeline of the same name, from a topic of a broker to tables of a server, killed
 * in its midst.
 */
final class OrderIntake {
  private static final int LOT = 200;
  private static final int LOTS = 10;
  private static final int LOOKS = 600;

  private final Topic orders;
  private final Server server;
  private final Program program;
  private int sent;

  private OrderIntake(Topic orders, Server server, Program program) {
    this.orders = orders;
    this.server = server;
    this.program = program;
  }

  /** Makes topics and tables, and takes the pipeline as it stands in the repository. */
  static OrderIntake in(Path folder, Broker broker, Server server) throws Exception {
    Path source = Path.of(System.getProperty("penstock.root", "../.."), "pipelines/order-intake");
    server.execute(
        """
        create table order_heads (order_id text not null, customer text not null, country text not null,
          placed_at timestamptz not null, partition bigint not null, "offset" bigint not null);
        create table order_lines (order_id text not null, sku text not null, quantity bigint not null,
          price numeric(10,2) not null)
        """);
    Program program = new Program(Files.createDirectories(folder));
    // The same but for what says where the servers are.
    program.write(
        Files.readString(source.resolve("pipeline.yaml"))
            .replace("${KAFKA_BROKERS:-localhost:9092}", broker.address())
            .replace("${SHOP_HOST:-localhost}", "127.0.0.1")
            .replace("${SHOP_PORT:-5432}", Integer.toString(server.port()))
            .replace("${SHOP_DATABASE:-shop}", "postgres")
            .replace("${SHOP_USER:-writer}", "owner")
            .replace("${SHOP_PASSWORD:-}", "${NOT_SET:-right}")
            .replace("checkpoint: 1s", "checkpoint: 100ms"));
    Topic.make(broker, "orders-refused", 1);
    return new OrderIntake(Topic.make(broker, "orders", 3), server, program);
  }

  // Each order has two lines.
  private void send() {
    orders.send(
        IntStream.range(sent, sent + LOT)
            .mapToObj(
                n ->
                    orders.keyed(
                        "o-" + n,
                        """
                        {"order_id":"o-%1$d","customer":"c-%2$d","country":"fr","placed_at":"2026-01-01T00:00:00Z",\
                        "lines":[{"sku":"a","quantity":%1$d,"price":1.05},{"sku":"b","quantity":1,"price":2}]}"""
                            .formatted(n, n % 7)))
            .toList());
    sent += LOT;
  }

  /** Sends and kills so often, then lets all come through; how the last run ended. */
  Outcome run(int kills) throws IOException, InterruptedException, SQLException {
    for (int i = 0; i < kills; i++) {
      Process process = program.start();
      for (int lot = 0; lot < LOTS; lot++) {
        send();
        boolean unused = process.waitFor(200, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
    }
    Process last = program.start();
    for (int i = 0; i < LOOKS && last.isAlive() && !isThrough(); i++) {
      boolean unused = last.waitFor(100, TimeUnit.MILLISECONDS);
    }
    last.destroy();
    return program.ended(last);
  }

  private boolean isThrough() throws SQLException {
    return server
            .rows("select count(distinct order_id) from order_heads")
            .equals(List.of(sent + ""))
        && server.rows("select count(*) >= " + 2 * sent + " from order_lines").equals(List.of("t"));
  }

  /** How many orders were sent. */
  int sent() {
    return sent;
  }

  /** What the tables hold: orders, different orders, lines, different lines. */
  String counts() throws SQLException {
    return server
        .rows(
            "select (select count(*) from order_heads), (select count(distinct order_id) from order_heads),"
                + " count(*), count(distinct order_id || sku) from order_lines")
        .get(0);
  }

  /** The folder to work in, and how often it is killed. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path data = Files.createTempDirectory("penstock-postgres");
    try (Postgres server = Postgres.in(data);
        Broker broker = Broker.in(Files.createDirectories(folder.resolve("broker")))) {
      OrderIntake intake = in(folder.resolve("run"), broker, server);
      System.out.println(intake.run(Integer.parseInt(arguments[1])).text());
      System.out.printf(
          "%d orders with two lines each were sent; orders, different ones, lines, different ones: %s%n",
          intake.sent(), intake.counts());
    } finally {
      KillCommand.remove(data);
    }
  }
}
