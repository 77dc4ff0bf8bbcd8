package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.option.Rate;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Events as a run gets them: read in blocks, made in batches. */
final class MadeEvents implements Decoder.Rows {
  static final NexmarkConfig USUAL = config(Optional.empty(), 1);

  private final ColumnBuilder[] builders = new ColumnBuilder[EventSchema.ROW.columns()];
  private final List<Column[]> batches = new ArrayList<>();
  private final List<Long> places = new ArrayList<>();
  private final int batchRows;
  private long base;
  private int size;

  private MadeEvents(int batchRows) {
    this.batchRows = batchRows;
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(EventSchema.ROW.column(i).type());
    }
  }

  static NexmarkConfig config(Optional<Proportions> proportions, int group) {
    return new NexmarkConfig(
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.of(7),
        new Rate(10_000, Duration.ofSeconds(1)),
        "2026-01-01T00:00:00Z",
        proportions,
        Optional.empty(),
        Optional.empty(),
        group);
  }

  /** All fields of the events from one place to another, in one batch. */
  static MadeEvents of(NexmarkConfig config, long from, int count) {
    return of(config, Format.Decoding.of(EventSchema.ROW), new Pieces(from, count, count, count));
  }

  /**
   * How the events are cut.
   *
   * @param from the first place
   * @param count how many events
   * @param block how many in a block
   * @param batch how many in a batch
   */
  record Pieces(long from, int count, int block, int batch) {}

  static MadeEvents of(NexmarkConfig config, Format.Decoding decoding, Pieces pieces) {
    MadeEvents made = new MadeEvents(pieces.batch());
    Decoder decoder = config.decoder(decoding).orElseThrow();
    for (Block block : blocks(pieces)) {
      made.base = block.position() - block.from();
      int at = decoder.header(block);
      while (at < block.to()) {
        at = decoder.decode(block, at, made);
        made.endBatch();
      }
    }
    return made;
  }

  private static List<Block> blocks(Pieces pieces) {
    List<Block> blocks = new ArrayList<>();
    Reader reader = new NexmarkReader(Optional.empty(), Long.MAX_VALUE, new StoppedClock());
    Out out = new Blocks(blocks);
    try {
      reader.assign(
          new Split("events"),
          new Position(pieces.from(), new TreeMap<>()),
          new Bound(pieces.from() + pieces.count()));
      Reader.Limits limits = new Reader.Limits(1, pieces.block() * 64);
      while (reader.next(out, limits, Duration.ZERO) != Reader.Step.ENDED) {
        // Until all are there.
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return blocks;
  }

  private record Blocks(List<Block> to) implements Out {
    @Override
    public void block(Block block) {
      to.add(block);
    }

    @Override
    public void rows(io.penstock.api.data.Batch batch) {
      throw new AssertionError("rows of a source of blocks");
    }

    @Override
    public void bad(
        Split split,
        long position,
        long line,
        byte[] raw,
        long rawBytes,
        ProblemCode code,
        String message) {
      throw new AssertionError(message);
    }
  }

  private static final class StoppedClock implements Clock {
    @Override
    public long micros() {
      return 0;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }

  private void endBatch() {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
      if (columns[i].size() != size) {
        throw new AssertionError("column " + i + " has " + columns[i].size() + " of " + size);
      }
    }
    batches.add(columns);
    size = 0;
  }

  /** The places of the events. */
  List<Long> places() {
    return places;
  }

  /** The one batch, where there is one. */
  Column[] columns() {
    return batches.get(0);
  }

  /** All events as texts. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Column[] batch : batches) {
      for (int row = 0; row < batch[0].size(); row++) {
        StringBuilder text = new StringBuilder();
        for (Column column : batch) {
          append(column, row, text);
        }
        texts.add(text.toString());
      }
    }
    return texts;
  }

  private static void append(Column column, int row, StringBuilder to) {
    to.append(' ');
    if (column.isNull(row)) {
      to.append("null");
    } else if (column instanceof Column.Longs longs) {
      to.append(longs.values()[row]);
    } else if (column instanceof Column.Bytes texts) {
      to.append('"').append(texts.text(row)).append('"');
    } else if (column instanceof Column.Records records) {
      for (Column field : records.fields()) {
        append(field, row, to);
      }
    }
  }

  /** A number of a record; only where it is not null. */
  static long number(Column record, int field, int row) {
    return ((Column.Longs) ((Column.Records) record).fields()[field]).values()[row];
  }

  /** A text of a record; only where it is not null. */
  static String text(Column record, int field, int row) {
    return ((Column.Bytes) ((Column.Records) record).fields()[field]).text(row);
  }

  @Override
  public ColumnBuilder column(int index) {
    return builders[index];
  }

  @Override
  public void endRow(int offset, int line) {
    places.add(base + offset);
    size++;
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode code, String message) {
    throw new AssertionError(message);
  }

  @Override
  public void skipped(int count) {
    throw new AssertionError("an event is left out");
  }

  @Override
  public boolean full() {
    return size >= batchRows;
  }

  @Override
  public int room() {
    return batchRows - size;
  }
}
