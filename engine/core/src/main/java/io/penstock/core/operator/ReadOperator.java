package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Projection;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A source in one task: decodes blocks, computes fields, sets times. */
public final class ReadOperator implements Operator, Decoder.Rows {
  private final StepContext context;
  private final Operation.Read read;
  private final Schema decoded;
  private final Optional<Decoder> decoder;
  private final DecodedColumns columns;
  private final Projection computed;
  private final Optional<EventTimeStep> eventTime;
  private final RowPlaces places;
  private final int batchRows;
  private final RowQuota quota;
  private final Consumer<Batch> seen;
  private final AllRows all = new AllRows();
  private final UnitRecords unitRecords = new UnitRecords();
  private final Operations operations = new Operations();
  private final List<Failure> bad = new ArrayList<>();
  private final LongsBuilder badPositions = new LongsBuilder();
  private @Nullable Block headerOf;
  private int headerEnd;
  private @Nullable Unit unit;
  private int record;
  private boolean insideRecord;
  private int at;
  private int size;
  private int goodBefore;
  private @Nullable Runnable stop;
  private int limit;

  /**
   * A source's decoder.
   *
   * @param meta the names of {@code meta.*} that the pipeline uses
   * @param batchRows how many rows a batch has at most
   */
  public ReadOperator(
      Operation.Read read,
      Set<String> meta,
      int batchRows,
      RowQuota quota,
      Consumer<Batch> seen,
      StepContext context) {
    this.context = context;
    this.read = read;
    this.decoded = read.decoding().schema();
    this.decoder =
        read.format()
            .map(f -> f.format().decoder(read.decoding()))
            .or(() -> read.source().decoder(read.decoding()));
    this.columns = new DecodedColumns(decoded);
    this.computed = context.projection(read.computed());
    this.eventTime = read.eventTime().map(time -> new EventTimeStep(time, context));
    this.places = new RowPlaces(context.node().step(), read.source().meta(), meta);
    this.batchRows = batchRows;
    this.quota = quota;
    this.seen = seen;
  }

  /** How many records the unit had, the bad ones among them. */
  public int unitRecords() {
    return unitRecords.size();
  }

  /** The positions of the unit's records, in order; -1 where a source gives none. */
  public long[] unitPositions() {
    return unitRecords.all();
  }

  /** There is a unit without a record. */
  public void nothing() {
    unitRecords.clear();
  }

  /** Takes a unit; the one before must be drained. */
  public void unit(Unit next) {
    unit = next;
    unitRecords.clear();
    if (next instanceof Unit.Bytes bytes) {
      at = bytes.block().from();
      record = 0;
      insideRecord = false;
      columns.begin(bytes.block().bytes());
      header(bytes);
    }
  }

  private void header(Unit.Bytes bytes) {
    if (bytes.block().records().isPresent()) {
      return;
    }
    if (headerOf != bytes.first()) {
      headerOf = bytes.first();
      headerEnd = decoder.orElseThrow().header(bytes.first());
    }
    if (bytes.block() == bytes.first()) {
      at = headerEnd;
    }
  }

  @Override
  public Optional<TimeTracker> timer() {
    return eventTime.flatMap(RowStep::timer);
  }

  @Override
  public void rows(int input, Batch rows) {
    throw new IllegalStateException("a source has no input");
  }

  @Override
  public boolean drain(Out out) {
    if (stop != null) {
      stop.run();
    }
    Unit now = unit;
    if (now == null) {
      return false;
    }
    if (now instanceof Unit.Bytes bytes) {
      return decode(bytes, out);
    }
    unit = null;
    int allowed = quota.take(now instanceof Unit.Rows rows ? rows.batch().size() : 1);
    if (allowed == 0) {
      return false;
    }
    if (now instanceof Unit.Rows rows) {
      context.counters().in(allowed);
      long[] places = new long[allowed];
      for (int row = 0; row < allowed; row++) {
        places[row] = rows.batch().provenance().position(row);
      }
      unitRecords.add(places);
      emit(Rows.range(rows.batch(), 0, allowed), out);
    } else if (now instanceof Unit.Bad broken) {
      report(broken, out);
    }
    return stop != null;
  }

  private boolean decode(Unit.Bytes bytes, Out out) {
    Block block = bytes.block();
    limit = quota.take(batchRows);
    if (limit == 0) {
      unit = null;
      return false;
    }
    size = 0;
    places.begin(block);
    boolean whole = block.records().isEmpty() ? decodeFile(block) : decodeRecords(block);
    int records = size + bad.size();
    long[] good = places.positions();
    long[] badPlaces = badPositions.build().values();
    unitRecords.add(good, badPlaces);
    quota.giveBack(limit - records);
    context.counters().in(records);
    if (whole) {
      unit = null;
    }
    boolean stops = context.failures().stops() && !bad.isEmpty();
    if (!stops) {
      failed(block.split(), badPlaces, out);
    }
    if (size > 0) {
      Batch all = batch(block, good);
      emit(stops ? Rows.range(all, 0, goodBefore) : all, out);
    }
    if (stops && stop == null) {
      stop = () -> failed(block.split(), badPlaces, out);
    }
    if (whole && !columns.areSliced() && block != bytes.first()) {
      block.release();
    }
    return unit != null || stop != null;
  }

  private boolean decodeFile(Block block) {
    at = decoder.orElseThrow().decode(block, at, this);
    if (at < block.to()) {
      return false;
    }
    // One that the decoder has not counted is counted now, while its bytes are there.
    block.lines().count();
    return true;
  }

  /** Decodes each record by itself; one that holds nothing is not passed over in silence. */
  private boolean decodeRecords(Block block) {
    int count = block.records().orElseThrow().size();
    while (record < count && !full()) {
      Block one = block.record(record);
      places.record(record);
      int before = insideRecord ? -1 : size + bad.size();
      int from = insideRecord ? at : decoder.orElseThrow().header(one);
      at = decoder.orElseThrow().decode(one, from, this);
      insideRecord = at < one.to();
      if (insideRecord) {
        return false;
      }
      if (before == size + bad.size()) {
        bad(one.from(), one.to(), 0, ProblemCode.D101, "the record is empty");
      }
      record++;
    }
    return record == count;
  }

  private void failed(String split, long[] positions, Out out) {
    if (bad.isEmpty()) {
      return;
    }
    Provenance from = new Provenance(context.node().step(), split, positions, new int[0], Map.of());
    context
        .failures()
        .handle(Batch.of(Schema.of(), bad.size(), new Column[0], from), List.copyOf(bad), out);
    bad.clear();
  }

  private void report(Unit.Bad broken, Out out) {
    context.counters().in(1);
    byte[] raw = broken.raw();
    add(
        broken.position(),
        0,
        raw,
        0,
        raw.length,
        broken.rawBytes(),
        broken.code(),
        placed(broken.message(), broken.split(), broken.line()));
    long[] place = badPositions.build().values();
    unitRecords.add(place);
    failed(broken.split(), place, out);
  }

  private void add(
      long position,
      int row,
      byte[] raw,
      int from,
      int to,
      long length,
      ProblemCode code,
      String message) {
    badPositions.add(position);
    RowError error = new RowError(code, context.node().origin(), message, Map.of());
    bad.add(new Failure(row, error, Optional.of(Failure.Raw.of(raw, from, to, length))));
  }

  private static String placed(String message, String split, long line) {
    return split.isEmpty() ? message : message + ", in `" + split + "` line " + line;
  }

  private Batch batch(Block block, long[] good) {
    return operations.marked(
        Batch.of(decoded, size, columns.build(), places.of(block, size, good)));
  }

  private void emit(Batch rows, Out out) {
    seen.accept(rows);
    RowErrors errors = new RowErrors();
    Traced result = Traced.of(rows);
    if (!read.computed().isEmpty()) {
      Column[] made = computed.evaluate(rows, all.of(rows.size()), errors);
      Schema schema =
          read.computed().size() == context.node().schema().columns()
              ? context.node().schema()
              : computedSchema();
      RowErrors failed = new RowErrors();
      result = Traced.of(rows.with(schema, made)).without(errors, failed);
      errors = failed;
    }
    if (eventTime.isPresent()) {
      result = eventTime.get().apply(result, errors);
    }
    result = Updates.mended(result);
    RowErrors failures = errors;
    if (context.failures().stops() && !failures.isEmpty()) {
      stop = () -> context.failures().rows(rows, failures, out);
      result = result.before(failures.all().firstKey());
    } else {
      context.failures().rows(rows, failures, out);
    }
    if (result.size() > 0) {
      context.counters().out(0, result.size());
      out.rows(0, result.rows());
    }
  }

  private Schema computedSchema() {
    List<io.penstock.api.data.Field> fields = new ArrayList<>();
    read.computed()
        .forEach(e -> fields.add(new io.penstock.api.data.Field(e.name(), e.expression().type())));
    return Schema.of(fields);
  }

  @Override
  public ColumnBuilder column(int index) {
    return columns.builder(index);
  }

  @Override
  public void endRow(int offset, int line) {
    places.row(offset, line);
    size++;
  }

  @Override
  public void endChange(Change change, int offset, int line) {
    operations.add(change, size);
    endRow(offset, line);
  }

  @Override
  public void endRows(int[] offsets, int count, int line) {
    places.rows(offsets, count, line);
    size += count;
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode code, String message) {
    columns.truncate(size);
    if (bad.isEmpty()) {
      goodBefore = size;
    }
    Block block = ((Unit.Bytes) java.util.Objects.requireNonNull(unit)).block();
    add(
        places.position(offset),
        bad.size(),
        block.bytes(),
        offset,
        end,
        end - offset,
        code,
        message + places.shown(block, line));
  }

  @Override
  public void lines(int count) {
    Block block = ((Unit.Bytes) java.util.Objects.requireNonNull(unit)).block();
    if (block.records().isEmpty()) {
      block.lines().counted(count);
    }
  }

  @Override
  public void skipped(int count) {
    // No records: nothing is counted, so that lines and records may differ.
  }

  @Override
  public boolean full() {
    return size + bad.size() >= limit;
  }

  @Override
  public int room() {
    return limit - size - bad.size();
  }
}
