package io.penstock.dsl.launcher.kill;

import io.penstock.api.option.Component;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The options of a sink that takes some rows, writes the file {@code stuck}, and never answers
 * again; where the system property {@code stuck} is not set it takes everything.
 */
@Component(name = "stuck", summary = "Takes rows, or never comes back.", example = "stuck: {}")
public record StuckConfig() implements SinkConfig {
  private static final int TAKEN = 5_000;

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, false);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    return new Stuck();
  }

  private static final class Stuck implements Sink {
    @Override
    public void open(SinkContext run) {
      // Nobody is called.
    }

    @Override
    public SinkWriter writer(int index) {
      return new Writer();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private static final class Writer implements SinkWriter {
    private final CountDownLatch answer = new CountDownLatch(1);
    private int taken;

    @Override
    public Rejects write(SinkRows given) throws IOException {
      taken += given.rows().size();
      if (Boolean.getBoolean("stuck") && taken > TAKEN) {
        Files.write(Path.of("stuck"), List.of());
        waitForEver();
      }
      return Rejects.NONE;
    }

    private void waitForEver() {
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts", e);
      }
    }

    @Override
    public List<Staged> prepare(long epoch) {
      return List.of();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
