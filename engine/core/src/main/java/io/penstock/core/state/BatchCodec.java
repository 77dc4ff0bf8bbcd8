package io.penstock.core.state;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Validity;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Batches as bytes, with their event times, their operations and where their rows come from. */
public final class BatchCodec {
  private static final int BOOLEANS = 0;
  private static final int LONGS = 1;
  private static final int DOUBLES = 2;
  private static final int DECIMALS = 3;
  private static final int BYTES = 4;
  private static final int LISTS = 5;
  private static final int MAPS = 6;
  private static final int RECORDS = 7;
  private static final int MOST_META = 1000;
  private static final int TIME = 1;
  private static final int OPERATION = 2;

  private BatchCodec() {}

  public static void write(Batch batch, StateOutput to) throws IOException {
    to.number(batch.size());
    for (Column column : batch.columns()) {
      write(column, to);
    }
    Provenance provenance = batch.provenance();
    to.text(provenance.source());
    to.text(provenance.split());
    to.number(provenance.positions().length);
    to.longs(provenance.positions(), provenance.positions().length);
    to.number(provenance.index().length);
    for (int index : provenance.index()) {
      to.number(index);
    }
    to.number(provenance.meta().size());
    for (Map.Entry<String, Column> meta : new java.util.TreeMap<>(provenance.meta()).entrySet()) {
      to.text(meta.getKey());
      write(meta.getValue(), to);
    }
    Optional<Column.Longs> operations = batch.marks().operations();
    to.flags((batch.times().isPresent() ? TIME : 0) | (operations.isPresent() ? OPERATION : 0));
    if (batch.times().isPresent()) {
      write(batch.times().get(), to);
    }
    if (operations.isPresent()) {
      write(operations.get(), to);
    }
  }

  /**
   * A batch as it was written.
   *
   * @param schema of the rows, the one with which they were written
   */
  public static Batch read(Schema schema, StateInput from) throws IOException {
    int size = from.count(Integer.MAX_VALUE);
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = read(size, from);
    }
    Provenance provenance = provenance(size, from);
    int marks = from.flags(TIME | OPERATION);
    Optional<Column.Longs> times = mark((marks & TIME) != 0, size, from);
    Optional<Column.Longs> operations = mark((marks & OPERATION) != 0, size, from);
    return new Batch(
        schema, size, columns, provenance, RowMarks.of(times).withOperations(operations));
  }

  private static Optional<Column.Longs> mark(boolean there, int size, StateInput from)
      throws IOException {
    return there ? Optional.of((Column.Longs) read(size, from)) : Optional.empty();
  }

  private static Provenance provenance(int size, StateInput from) throws IOException {
    String source = from.text();
    String split = from.text();
    long[] positions = from.longs(from.count(size));
    int[] index = new int[from.count(size)];
    for (int i = 0; i < index.length; i++) {
      index[i] = from.count(Integer.MAX_VALUE);
    }
    Map<String, Column> meta = new LinkedHashMap<>();
    for (int i = from.count(MOST_META); i > 0; i--) {
      meta.put(from.text(), read(size, from));
    }
    return new Provenance(source, split, positions, index, meta);
  }

  /** Writes a column, without its size. */
  public static void write(Column column, StateOutput to) throws IOException {
    int size = column.size();
    if (column instanceof Column.Booleans booleans) {
      begin(BOOLEANS, column, to);
      for (int i = 0; i < size; i++) {
        to.flag(booleans.values()[i]);
      }
    } else if (column instanceof Column.Longs longs) {
      begin(LONGS, column, to);
      to.longs(longs.values(), size);
    } else if (column instanceof Column.Doubles doubles) {
      begin(DOUBLES, column, to);
      for (int i = 0; i < size; i++) {
        to.fixed(Double.doubleToRawLongBits(doubles.values()[i]));
      }
    } else if (column instanceof Column.Decimals decimals) {
      begin(DECIMALS, column, to);
      to.longs(decimals.low(), size);
      long[] high = decimals.high();
      to.flag(high != null);
      if (high != null) {
        to.longs(high, size);
      }
    } else if (column instanceof Column.Bytes bytes) {
      begin(BYTES, column, to);
      for (int i = 0; i < size; i++) {
        to.bytes(bytes.bytes(), bytes.from(i), bytes.to(i) - bytes.from(i));
      }
    } else {
      nested(column, to);
    }
  }

  private static void nested(Column column, StateOutput to) throws IOException {
    if (column instanceof Column.Lists lists) {
      begin(LISTS, column, to);
      offsets(lists.offsets(), lists.size(), to);
      elements(lists.elements(), to);
    } else if (column instanceof Column.Maps maps) {
      begin(MAPS, column, to);
      offsets(maps.offsets(), maps.size(), to);
      elements(maps.keys(), to);
      elements(maps.values(), to);
    } else if (column instanceof Column.Records records) {
      begin(RECORDS, column, to);
      to.number(records.fields().length);
      for (Column field : records.fields()) {
        write(field, to);
      }
    } else {
      throw new IllegalStateException("a column of " + column.getClass());
    }
  }

  private static void begin(int kind, Column column, StateOutput to) throws IOException {
    to.number(kind);
    long[] validity = column.validity();
    to.flag(validity != null);
    if (validity != null) {
      to.longs(validity, Validity.words(column.size()));
    }
  }

  private static void elements(Column column, StateOutput to) throws IOException {
    to.number(column.size());
    write(column, to);
  }

  private static void offsets(int[] offsets, int size, StateOutput to) throws IOException {
    for (int i = 0; i <= size; i++) {
      to.number(offsets[i]);
    }
  }

  /** A column of so many rows. */
  public static Column read(int size, StateInput from) throws IOException {
    int kind = from.count(RECORDS);
    long[] validity = from.flag() ? from.longs(Validity.words(size)) : null;
    return switch (kind) {
      case BOOLEANS -> {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
          values[i] = from.flag();
        }
        yield new Column.Booleans(size, values, validity);
      }
      case LONGS -> new Column.Longs(size, from.longs(size), validity);
      case DOUBLES -> {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          values[i] = Double.longBitsToDouble(from.fixed());
        }
        yield new Column.Doubles(size, values, validity);
      }
      case DECIMALS -> {
        long[] low = from.longs(size);
        yield new Column.Decimals(size, low, from.flag() ? from.longs(size) : null, validity);
      }
      case BYTES -> texts(size, validity, from);
      default -> nested(kind, size, validity, from);
    };
  }

  private static Column.Bytes texts(int size, long @Nullable [] validity, StateInput from)
      throws IOException {
    int[] offsets = new int[size + 1];
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < size; i++) {
      bytes.writeBytes(from.bytes());
      offsets[i + 1] = bytes.size();
    }
    return Column.Bytes.inARow(size, bytes.toByteArray(), offsets, validity);
  }

  private static Column nested(int kind, int size, long @Nullable [] validity, StateInput from)
      throws IOException {
    if (kind == RECORDS) {
      Column[] fields = new Column[from.count(Integer.MAX_VALUE)];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = read(size, from);
      }
      return new Column.Records(size, fields, validity);
    }
    int[] offsets = new int[size + 1];
    for (int i = 0; i <= size; i++) {
      offsets[i] = from.count(Integer.MAX_VALUE);
    }
    Column first = read(from.count(Integer.MAX_VALUE), from);
    if (kind == LISTS) {
      return new Column.Lists(size, first, offsets, validity);
    }
    return new Column.Maps(
        size, (Column.Bytes) first, read(from.count(Integer.MAX_VALUE), from), offsets, validity);
  }
}
