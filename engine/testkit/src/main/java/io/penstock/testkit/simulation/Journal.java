package io.penstock.testkit.simulation;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.source.Position;
import io.penstock.api.source.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows that a source has in the outside world, which never change: for each split so many, each
 * a function of its place. How far they were acknowledged is kept here too.
 */
public final class Journal {
  /** The split, the row's number in it, a key, a value. */
  public static final Schema SCHEMA =
      Schema.of(
          Field.of("split", DataType.INT),
          Field.of("seq", DataType.INT),
          Field.of("key", DataType.INT),
          Field.of("value", DataType.INT));

  private final String name;
  private final int splits;
  private final int rows;
  private final int keys;
  private final Map<String, Long> acknowledged = new TreeMap<>();
  private long lastAcknowledged;
  private long acknowledgements;

  /**
   * A journal.
   *
   * @param rows of each split
   * @param keys how many keys there are, over all splits
   */
  public Journal(String name, int splits, int rows, int keys) {
    this.name = name;
    this.splits = splits;
    this.rows = rows;
    this.keys = keys;
  }

  /** One row of a journal. */
  public record Entry(long split, long seq, long key, long value) {}

  /** Its name, also the source step's. */
  public String name() {
    return name;
  }

  /** How many rows each split has. */
  public int rows() {
    return rows;
  }

  List<Split> splits() {
    List<Split> all = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      all.add(new Split(name + "-" + i));
    }
    return all;
  }

  static int number(Split split) {
    return Integer.parseInt(split.id().substring(split.id().lastIndexOf('-') + 1));
  }

  /** The row at a place. */
  public Entry entry(int split, long seq) {
    long mixed = (seq + 1) * 2654435761L + split * 40503L + name.hashCode();
    mixed ^= mixed >>> 15;
    // A key stays in one split, so that there is an order within it.
    long key = Math.floorMod(mixed, (long) keys) * splits + split;
    return new Entry(split, seq, key, Math.floorMod(mixed >>> 7, 1000L) - 100);
  }

  /** All rows of all splits, split by split. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    for (int split = 0; split < splits; split++) {
      for (int seq = 0; seq < rows; seq++) {
        all.add(entry(split, seq));
      }
    }
    return all;
  }

  Batch batch(Split split, long from, int count) {
    long[][] columns = new long[4][count];
    long[] positions = new long[count];
    for (int i = 0; i < count; i++) {
      Entry entry = entry(number(split), from + i);
      columns[0][i] = entry.split();
      columns[1][i] = entry.seq();
      columns[2][i] = entry.key();
      columns[3][i] = entry.value();
      positions[i] = from + i;
    }
    Column[] made = new Column[4];
    for (int i = 0; i < made.length; i++) {
      made[i] = new Column.Longs(count, columns[i], null);
    }
    Provenance rowsFrom = new Provenance(name, split.id(), positions, new int[0], Map.of());
    return Batch.of(SCHEMA, count, made, rowsFrom);
  }

  /** The position before a row, with evidence of the row before it. */
  public Position position(Split split, long next) {
    TreeMap<String, String> evidence = new TreeMap<>();
    if (next > 0) {
      evidence.put("last", Long.toString(entry(number(split), next - 1).value()));
    }
    return new Position(next, evidence);
  }

  void acknowledge(long epoch, Map<Split, Position> upTo) {
    acknowledgements++;
    lastAcknowledged = Math.max(lastAcknowledged, epoch);
    upTo.forEach((split, position) -> acknowledged.merge(split.id(), position.offset(), Math::max));
  }

  /** The last epoch for which the run has acknowledged anything; 0 for none. */
  public long lastAcknowledged() {
    return lastAcknowledged;
  }

  /** How often something was acknowledged. */
  public long acknowledgements() {
    return acknowledgements;
  }

  /** How far each split is acknowledged. */
  public Map<String, Long> acknowledged() {
    return Map.copyOf(acknowledged);
  }
}
