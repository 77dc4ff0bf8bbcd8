package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.core.operator.RowJson;
import io.penstock.testkit.simulation.RowText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A staged sink like a folder of parts: what is prepared and what is shown outlive the process, and
 * a commit that finds neither says so.
 */
final class Shelf implements SinkConfig {
  private final Map<String, List<String>> staged = new TreeMap<>();
  private final Set<String> shown = new HashSet<>();
  private final List<String> rows = new ArrayList<>();
  private final List<List<String>> parts = new ArrayList<>();
  private final RowText text;
  private int made;

  /** Rows are kept as JSON. */
  Shelf() {
    this((batch, row) -> RowJson.of(batch, row).toText());
  }

  Shelf(RowText text) {
    this.text = text;
  }

  /** All rows that were made visible, as texts. */
  List<String> rows() {
    return rows;
  }

  /** The same, by the epoch that has shown them, where there were any. */
  List<List<String>> parts() {
    return parts;
  }

  /** How many parts are prepared and not shown. */
  int staged() {
    return staged.size();
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.STAGED, false, false);
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
        // Always open.
      }

      @Override
      public SinkWriter writer(int index) {
        return new Writer();
      }

      @Override
      public Rejects commit(long epoch, long previous, List<Staged> handles) {
        handles.forEach(handle -> show(handle.kind()));
        return Rejects.NONE;
      }

      @Override
      public void abort(long epoch, List<Staged> handles) {
        staged.keySet().removeIf(part -> Long.parseLong(part.split("-")[0]) >= epoch);
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private void show(String part) {
    List<String> prepared = staged.remove(part);
    if (prepared != null) {
      rows.addAll(prepared);
      parts.add(prepared);
      shown.add(part);
    } else if (!shown.contains(part)) {
      throw new AssertionError("the part " + part + " is neither prepared nor shown");
    }
  }

  private final class Writer implements SinkWriter {
    private List<String> held = new ArrayList<>();

    @Override
    public Rejects write(SinkRows given) {
      Batch batch = given.rows();
      for (int row = 0; row < batch.size(); row++) {
        held.add(text.of(batch, row));
      }
      return Rejects.NONE;
    }

    @Override
    public List<Staged> prepare(long epoch) {
      if (held.isEmpty()) {
        return List.of();
      }
      String part = epoch + "-" + made++;
      staged.put(part, held);
      held = new ArrayList<>();
      return List.of(new Staged(part, Map.of()));
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
