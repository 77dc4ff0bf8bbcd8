package io.penstock.connectors.standard.socket;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.BlockRecords;
import io.penstock.api.problem.Problem;
import io.penstock.api.source.Bound;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.log.SyslogConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Hands records on as they come; they are numbered from the first run on. */
final class SocketReader implements Reader {
  static final Split SPLIT = new Split("socket");

  private static final String REMOTE = "remote";
  private static final String RECEIVED_AT = "received_at";

  /** What rows have of their records. */
  static final List<MetaField> META =
      List.of(
          new MetaField(
              REMOTE, ValueType.required(DataType.STRING), "The address of whoever sent it."),
          new MetaField(
              RECEIVED_AT,
              ValueType.required(DataType.TIMESTAMP),
              "When the record was there whole."));

  private final Intake intake;
  private final Set<String> meta;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Deque<Arrived> waiting = new ArrayDeque<>();
  private long number;
  private long sequence;
  private boolean paused;

  /**
   * A reader.
   *
   * @param meta what is used of {@code meta.*}
   */
  SocketReader(Intake intake, Set<String> meta, Scheduler scheduler, Clock clock) {
    this.intake = intake;
    this.meta = meta;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  public void assign(Split split, Position from, Bound to) {
    number = from.offset();
  }

  @Override
  public void revoke(Split split) {
    paused = true;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = !splits.isEmpty();
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    if (paused) {
      // Nothing is taken, so senders wait.
      sleep(wait);
      return Step.NOTHING_NOW;
    }
    if (waiting.isEmpty()) {
      intake.take(waiting, wait, limits.bytes(), clock);
    }
    Arrived first = waiting.peek();
    if (first == null) {
      return Step.NOTHING_NOW;
    }
    if (first.wrong().isPresent()) {
      waiting.remove();
      Arrived.Wrong wrong = first.wrong().get();
      out.bad(
          SPLIT, number++, 0, first.bytes(), first.bytes().length, wrong.code(), wrong.message());
    } else {
      out.block(block(limits));
    }
    return Step.MORE;
  }

  private void sleep(Duration wait) throws IOException {
    try {
      scheduler.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** The good records at the head of those that wait. */
  private Block block(Limits limits) {
    List<Arrived> taken = new ArrayList<>();
    int length = 0;
    Arrived next = waiting.peek();
    while (next != null
        && next.wrong().isEmpty()
        && taken.size() < Math.max(1, limits.rows())
        && (taken.isEmpty() || length + next.bytes().length <= limits.bytes())) {
      taken.add(waiting.remove());
      length += next.bytes().length;
      next = waiting.peek();
    }
    int[] starts = new int[taken.size()];
    long[] positions = new long[starts.length];
    byte[] bytes = new byte[length];
    int at = 0;
    for (int i = 0; i < starts.length; i++) {
      byte[] record = taken.get(i).bytes();
      starts[i] = at;
      positions[i] = number++;
      System.arraycopy(record, 0, bytes, at, record.length);
      at += record.length;
    }
    return new Block(
            bytes,
            0,
            length,
            SPLIT.id(),
            ++sequence,
            positions[0],
            BlockLines.from(1, bytes, 0, length),
            false,
            Map.of(SyslogConfig.READ_AT, Long.toString(taken.get(0).receivedAt())))
        .with(new BlockRecords(starts, positions, columns(taken)));
  }

  private Map<String, Column> columns(List<Arrived> records) {
    Map<String, Column> columns = new LinkedHashMap<>();
    if (meta.contains(REMOTE)) {
      BytesBuilder remotes = new BytesBuilder();
      records.forEach(record -> remotes.add(record.remote()));
      columns.put(REMOTE, remotes.build());
    }
    if (meta.contains(RECEIVED_AT)) {
      LongsBuilder times = new LongsBuilder();
      records.forEach(record -> times.add(record.receivedAt()));
      columns.put(RECEIVED_AT, times.build());
    }
    return columns;
  }

  @Override
  public Position position(Split split) {
    return new Position(number, new TreeMap<>());
  }

  @Override
  public List<Problem> warnings() {
    return intake.warnings();
  }

  @Override
  public void close() {
    // The source closes what is listened at.
  }
}
