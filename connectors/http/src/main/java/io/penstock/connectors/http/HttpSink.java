package io.penstock.connectors.http;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to a server: those of an epoch after its decision where state is kept, else at once.
 */
final class HttpSink implements Sink {
  private final HttpSinkConfig config;
  private @Nullable SinkContext run;
  private Courier.@Nullable Surroundings around;

  HttpSink(HttpSinkConfig config) {
    this.config = config;
  }

  @Override
  public void open(SinkContext context) throws IOException {
    run = context;
    FormatConfig format = config.format().orElseThrow();
    int maxRows = config.batch().orElse(BatchLimits.USUAL).maxRows();
    around =
        new Courier.Surroundings(
            config,
            Client.open(config.way(), context.disk(), context.files(), context.clock()),
            new BodyForm(format, context.schema(), maxRows, config.compression()),
            new Hosts(config.hosts()),
            new Failure(context.step(), ProblemCode.R310, config.timeout()),
            context.clock(),
            context.scheduler());
  }

  @Override
  public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    Sending sending = new Sending("e" + epoch);
    rows.rewind();
    int first = 0;
    for (Optional<SinkRows> next = rows.next(); next.isPresent(); next = rows.next()) {
      sending.add(next.get(), first);
      first += next.get().rows().size();
    }
    return sending.end();
  }

  /** Rows that are sent together. */
  private final class Sending {
    private final List<Rejects.Reject> rejects = new ArrayList<>();
    private final Courier courier;
    private final Packer packer;

    Sending(String what) {
      SinkContext opened = java.util.Objects.requireNonNull(run);
      Courier.Surroundings with = java.util.Objects.requireNonNull(around);
      String of = opened.run() + "-" + opened.step() + "-" + what;
      courier = new Courier(with, new Letterhead(config, of));
      packer =
          new Packer(
              new Targets(config.url(), config.headers()),
              with.form().maxRows(),
              courier::take,
              rejects);
    }

    void add(SinkRows rows, int first) throws IOException {
      packer.add(rows, first);
    }

    Rejects end() throws IOException {
      packer.end();
      return courier.end(rejects);
    }
  }

  /**
   * Sends what it is given before it says that it is written, since only then rows can be given
   * back.
   */
  @Override
  public SinkWriter writer(int index) {
    return new SinkWriter() {
      private long calls;

      @Override
      public Rejects write(SinkRows rows) throws IOException {
        Sending sending = new Sending("w" + index + "-" + calls++);
        sending.add(rows, 0);
        return sending.end();
      }

      @Override
      public List<Staged> prepare(long epoch) {
        return List.of();
      }

      @Override
      public void close() {
        // Nothing is left.
      }
    };
  }

  @Override
  public String location() {
    return config.url().text();
  }

  @Override
  public void close() {
    // The client's threads go once nobody refers to it.
    around = null;
  }
}
