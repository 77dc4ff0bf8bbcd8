package io.penstock.connectors.redis;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Streams, channels or keys: rows go out at once, or epoch by epoch once they are decided. A run
 * that writes at once may still have an epoch to deliver that an earlier one has decided.
 */
final class RedisSink implements Sink {
  private final RedisSinkConfig config;
  private @Nullable SinkContext run;
  private @Nullable Server server;
  private @Nullable Deliveries deliveries;

  RedisSink(RedisSinkConfig config) {
    this.config = config;
  }

  @Override
  public void open(SinkContext context) throws IOException {
    run = context;
    Server opened = newServer();
    server = opened;
    opened.once("the server cannot be asked", Asked::ping);
  }

  private Server newServer() {
    SinkContext opened = context();
    return new Server(
        config.way(),
        config.retries(),
        failure(),
        new Server.Around(opened.disk(), opened.files(), opened.clock(), opened.scheduler()));
  }

  private Failure failure() {
    return new Failure(context().step(), config.way(), ProblemCode.R310);
  }

  private SinkContext context() {
    SinkContext opened = run;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  @Override
  public SinkWriter writer(int index) {
    return new PlainWriter(config, newServer(), new Orders(config, context()));
  }

  private Deliveries deliveries() {
    Deliveries made = deliveries;
    Server opened = server;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    if (made == null) {
      made = new Deliveries(config, context(), opened, failure());
      deliveries = made;
    }
    return made;
  }

  @Override
  public OptionalLong lastEpoch() throws IOException {
    return OptionalLong.of(deliveries().lastEpoch());
  }

  @Override
  public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    return deliveries().deliver(epoch, previous, rows);
  }

  @Override
  public String location() {
    return config.target().text();
  }

  @Override
  public void close() {
    Server opened = server;
    server = null;
    if (opened != null) {
      opened.close();
    }
  }
}
