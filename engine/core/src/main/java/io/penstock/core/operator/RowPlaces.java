package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockRecords;
import io.penstock.api.source.MetaField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the rows that are decoded of a block come from: position, line, metadata. */
final class RowPlaces {
  private static final String LINE = "line";
  private static final String SOURCE = "source";
  private static final int[] NONE = new int[0];

  private final String step;
  private final List<MetaField> meta;
  private final boolean lines;
  private final LongsBuilder positions = new LongsBuilder();
  private final LongsBuilder lineNumbers = new LongsBuilder();
  private int[] rowRecords = NONE;
  private int[] rowNumbers = NONE;
  private int rows;
  private long base;
  private long firstLine;
  private @Nullable BlockRecords records;
  private int record;
  private int number;

  /**
   * The places of a source's rows.
   *
   * @param declared what the source has of {@code meta.*}
   * @param used the names that the pipeline uses
   */
  RowPlaces(String step, List<MetaField> declared, Set<String> used) {
    this.step = step;
    this.meta = declared.stream().filter(m -> used.contains(m.name())).toList();
    this.lines = meta.stream().anyMatch(m -> m.name().equals(LINE));
  }

  /** Rows of this block follow. */
  void begin(Block block) {
    records = block.records().orElse(null);
    base = block.position() - block.from();
    firstLine = lines && records == null ? block.lines().first() : 0;
    rows = 0;
  }

  /** Rows of this record of the block follow. */
  void record(int index) {
    record = index;
    number = 0;
  }

  /** The position of the record at this index of the block's array. */
  long position(int offset) {
    return records == null ? base + offset : records.positions()[record];
  }

  /** Where a record lies, to be said behind a message. */
  String shown(Block block, int line) {
    if (block.split().isEmpty()) {
      return "";
    }
    return records == null
        ? ", in `" + block.split() + "` line " + (block.lines().first() + line)
        : ", in `" + block.split() + "` at offset " + records.positions()[record];
  }

  void row(int offset, int line) {
    positions.add(position(offset));
    if (records != null) {
      note();
    } else if (lines) {
      lineNumbers.add(firstLine + line);
    }
  }

  private void note() {
    if (rows == rowRecords.length) {
      rowRecords = Arrays.copyOf(rowRecords, Math.max(64, rows * 2));
      rowNumbers = Arrays.copyOf(rowNumbers, rowRecords.length);
    }
    rowRecords[rows] = record;
    rowNumbers[rows++] = number++;
  }

  /** Several rows, each of a line. */
  void rows(int[] offsets, int count, int line) {
    for (int i = 0; i < count; i++) {
      row(offsets[i], line + i);
    }
  }

  /** The positions of the rows since the last call. */
  long[] positions() {
    return positions.build().values();
  }

  /** The provenance of the rows. */
  Provenance of(Block block, int size, long[] places) {
    boolean several = false;
    for (int i = 0; i < rows && !several; i++) {
      several = rowNumbers[i] > 0;
    }
    int[] numbers = several ? Arrays.copyOf(rowNumbers, rows) : NONE;
    Map<String, Column> columns = new HashMap<>();
    for (MetaField field : meta) {
      columns.put(field.name(), column(field, block, size));
    }
    return new Provenance(step, block.split(), places, numbers, columns);
  }

  private Column column(MetaField field, Block block, int size) {
    Column own = records == null ? null : records.meta().get(field.name());
    if (own != null) {
      return own.gather(rowRecords, size);
    }
    String given = block.meta().get(field.name());
    if (given == null && field.name().equals(LINE) && records == null) {
      return lineNumbers.build();
    }
    if (given == null && field.name().equals(SOURCE)) {
      return Columns.constant(step, size);
    }
    if (given == null) {
      return Columns.nulls(field.type().type(), size);
    }
    return ColumnBuilder.of(field.type().type()) instanceof LongsBuilder
        ? Columns.constant(Long.parseLong(given), size)
        : Columns.constant(given, size);
  }
}
