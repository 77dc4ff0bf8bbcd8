package io.penstock.dsl.launcher.test;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.dsl.launcher.rows.JsonRow;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Keeps rows, or the table that changes describe, in place of a sink, over the lives of a run:
 * those of an epoch come out once, when it is committed. Thread-safe; read after the run's end.
 */
final class TestSink implements SinkConfig, Sink, SinkWriter {
  private static final String EPOCH = "epoch";

  private final List<Written> written = new ArrayList<>();
  private final TreeMap<Long, List<Written>> staged = new TreeMap<>();
  private final List<Json> out = new ArrayList<>();
  private long committed;

  /** A row that comes, or takes an equal one away. */
  private record Written(Json row, boolean goes) {
    void applyTo(List<Json> rows) {
      if (!goes) {
        rows.add(row);
      } else if (!rows.remove(row)) {
        throw new IllegalStateException("a change takes a row away that is not there: " + row);
      }
    }
  }

  /** The rows that came out. */
  synchronized List<Json> rows() {
    return List.copyOf(out);
  }

  /** The rows that came out, and those that were written when the run broke off. */
  synchronized List<Json> seen() {
    List<Json> all = new ArrayList<>(out);
    staged.values().forEach(epoch -> epoch.forEach(change -> change.applyTo(all)));
    written.forEach(change -> change.applyTo(all));
    return all;
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.STAGED, false, true);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    return this;
  }

  @Override
  public synchronized void open(SinkContext run) {
    // What another life had written and not staged is gone with it.
    written.clear();
  }

  @Override
  public synchronized OptionalLong lastEpoch() {
    return committed == 0 ? OptionalLong.empty() : OptionalLong.of(committed);
  }

  @Override
  public SinkWriter writer(int index) {
    return this;
  }

  @Override
  public synchronized Rejects write(SinkRows given) {
    Batch batch = given.rows();
    for (int row = 0; row < batch.size(); row++) {
      written.add(new Written(JsonRow.of(batch, row), Change.of(batch, row).takesAway()));
    }
    return Rejects.NONE;
  }

  @Override
  public synchronized List<Staged> prepare(long epoch) {
    staged.put(epoch, List.copyOf(written));
    written.clear();
    return List.of(new Staged("rows", Map.of(EPOCH, Long.toString(epoch))));
  }

  @Override
  public synchronized Rejects commit(long epoch, long previous, List<Staged> handles) {
    if (epoch > committed) {
      for (Staged handle : handles) {
        staged
            .getOrDefault(Long.parseLong(handle.details().get(EPOCH)), List.of())
            .forEach(change -> change.applyTo(out));
      }
      committed = epoch;
    }
    staged.headMap(epoch, true).clear();
    return Rejects.NONE;
  }

  @Override
  public synchronized void abort(long epoch, List<Staged> handles) {
    staged.tailMap(epoch, true).clear();
  }

  @Override
  public void close() {}
}
