package io.penstock.connectors.redis;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/** Writes rows at once, and waits for the answers before they count as written. */
final class PlainWriter implements SinkWriter {
  private static final String DOING = "the rows cannot be written";

  private final RedisSinkConfig config;
  private final Server server;
  private final Orders orders;

  PlainWriter(RedisSinkConfig config, Server server, Orders orders) {
    this.config = config;
    this.server = server;
    this.orders = orders;
  }

  @Override
  public Rejects write(SinkRows rows) throws IOException {
    List<Order> made = new ArrayList<>();
    List<Rejects.Reject> unfit = orders.make(rows, 0, made::add);
    List<Rejects.Reject> rejects = new ArrayList<>();
    // Where the connection breaks, rows that were written before are written once more.
    server.patiently(
        DOING,
        asked -> {
          rejects.clear();
          rejects.addAll(unfit);
          write(asked, made, rejects);
        });
    rejects.sort(Comparator.comparingInt(Rejects.Reject::row));
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private void write(Asked asked, List<Order> made, List<Rejects.Reject> rejects) {
    for (Order order : made) {
      asked.connection().sendCommand(Order.command(config), order.words(config));
    }
    List<Object> answers = asked.connection().getMany(made.size());
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof JedisDataException wrong) {
        if (!String.valueOf(wrong.getMessage()).startsWith("WRONGTYPE")) {
          throw wrong;
        }
        Order order = made.get(i);
        rejects.add(new Rejects.Reject((int) order.row(), ProblemCode.D303, order.refusal()));
      }
    }
  }

  @Override
  public List<Staged> prepare(long epoch) {
    return List.of();
  }

  @Override
  public void close() {
    server.close();
  }
}
