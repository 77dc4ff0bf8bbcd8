package io.penstock.testkit.simulation;

import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.util.ArrayList;
import java.util.List;

/** An immediate sink: each row is in the {@link Database} at once, and after a crash again. */
public record PrintingSink(Database database, RowText text) implements SinkConfig {
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
    return new Sink() {
      @Override
      public void open(SinkContext run) {
        // Nothing to open.
      }

      @Override
      public SinkWriter writer(int index) {
        return new Printing();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private final class Printing implements SinkWriter {
    @Override
    public Rejects write(SinkRows given) {
      List<String> lines = new ArrayList<>();
      for (int row = 0; row < given.rows().size(); row++) {
        lines.add(text.of(given.rows(), row));
      }
      database.insert(lines);
      return Rejects.NONE;
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
