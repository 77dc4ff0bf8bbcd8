package io.penstock.connectors.http;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockCheck;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.BlockRecords;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Scheduler;
import io.penstock.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks for page after page, and hands each on whole: a position lies behind whole pages. */
final class AnswerReader implements Reader {
  private static final int RAW = 1 << 20;

  private final HttpSourceConfig config;
  private final Asking asking;
  private final BlockCheck check;
  private final Set<String> meta;
  private final Clock clock;
  private final Scheduler scheduler;
  private Progress at = Progress.of(Position.START);
  private Bound to = Bound.NONE;
  private long sequence;
  private long dueNanos;
  private boolean asked;
  private boolean paused;

  AnswerReader(
      HttpSourceConfig config,
      Asking asking,
      BlockCheck check,
      Set<String> meta,
      Clock clock,
      Scheduler scheduler) {
    this.config = config;
    this.asking = asking;
    this.check = check;
    this.meta = meta;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  @Override
  public void assign(Split split, Position from, Bound bound) {
    at = Progress.of(from);
    to = bound;
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
    if (isOver()) {
      return Step.ENDED;
    }
    Duration pause = pause(wait);
    if (!pause.isZero()) {
      sleep(pause.compareTo(wait) < 0 ? pause : wait);
      return Step.NOTHING_NOW;
    }
    if (!asking.isUnderWay()) {
      if (at.page().isEmpty()) {
        dueNanos = clock.nanos() + config.every().map(Duration::toNanos).orElse(0L);
        asked = true;
      }
      asking.begin(at);
    }
    URI uri = asking.uri();
    Optional<Answer> answer = asking.answer(wait);
    if (answer.isEmpty()) {
      return Step.NOTHING_NOW;
    }
    take(uri, answer.get(), out);
    return Step.MORE;
  }

  private boolean isOver() {
    return at.rounds() >= to.offset() || config.every().isEmpty() && at.rounds() > 0;
  }

  private Duration pause(Duration wait) {
    if (asking.isUnderWay()) {
      return asking.pause();
    }
    if (paused) {
      return wait;
    }
    boolean waits = asked && at.page().isEmpty();
    return waits ? Duration.ofNanos(Math.max(0, dueNanos - clock.nanos())) : Duration.ZERO;
  }

  private void sleep(Duration pause) throws IOException {
    try {
      scheduler.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void take(URI uri, Answer answer, Out out) throws IOException {
    if (answer.status() == 304) {
      at = at.roundOver(0, at.cursor(), at.seen(), at.validators());
      return;
    }
    if (asking.isRefusal(answer)) {
      refused(uri, answer, out);
      return;
    }
    byte[] body = body(uri, answer);
    if (!config.looksInside()) {
      int records = whole(uri, body, out);
      move(uri, answer, Optional.empty(), records, at.seen());
      return;
    }
    Optional<Contents> contents = Optional.empty();
    try {
      contents = Optional.of(Contents.of(body, config.records()));
      Optional<Json> seen = at.seen().map(Json::parse);
      Optional<Json> greatest =
          config.cursor().isPresent()
              ? contents.get().greatest(config.cursor().get().field(), seen)
              : seen;
      int records =
          config.records().isPresent()
              ? each(uri, contents.get().records(), out)
              : whole(uri, body, out);
      move(uri, answer, contents, records, greatest.map(Json::toText));
    } catch (Contents.UnfitException unfit) {
      throw asking.unfit(
          uri, unfit.why(), "check `records`, `cursor` and `pages`, and what the server answers");
    }
  }

  /** What was asked for is one record that is none, and the round ends with it. */
  private void refused(URI uri, Answer answer, Out out) {
    byte[] body = answer.body();
    byte[] raw = body.length > RAW ? Arrays.copyOf(body, RAW) : body;
    out.bad(
        HttpSource.ANSWERS,
        at.records(),
        0,
        raw,
        body.length,
        ProblemCode.D380,
        "`" + Request.shown(uri) + "` answered " + answer.status());
    at = at.roundOver(1, at.cursor(), at.seen(), Progress.Validators.NONE);
  }

  private byte[] body(URI uri, Answer answer) throws IOException {
    long most = config.maxRecord().bytes();
    byte[] body = answer.body();
    boolean packed =
        answer
            .headers()
            .firstValue("Content-Encoding")
            .filter("gzip"::equalsIgnoreCase)
            .isPresent();
    if (packed && !answer.cut() && body.length > 0) {
      try {
        body = Gzip.unpacked(body, (int) Math.min(Integer.MAX_VALUE - 16, most + 1));
      } catch (IOException damaged) {
        throw asking.unfit(uri, "the answer is no whole gzip file", "look at the server");
      }
    }
    if (answer.cut() || body.length > most) {
      throw asking.unfit(
          uri,
          "the answer has more bytes than `max_record` allows, " + config.maxRecord(),
          "ask for smaller pages, or allow more");
    }
    return body;
  }

  /** Hands an answer on as one record; nothing where it has no rows. */
  private int whole(URI uri, byte[] body, Out out) {
    BlockCheck.Found found = check.check(body, 1);
    if (found.rows() == 0 && found.badCount() == 0) {
      return 0;
    }
    out.block(block(uri, body, new int[] {0}));
    return 1;
  }

  /** Hands each record of an answer on by itself. */
  private int each(URI uri, List<Json> records, Out out) {
    if (records.isEmpty()) {
      return 0;
    }
    int[] starts = new int[records.size()];
    byte[][] texts = new byte[starts.length][];
    int length = 0;
    for (int i = 0; i < starts.length; i++) {
      texts[i] = (records.get(i).toText() + "\n").getBytes(StandardCharsets.UTF_8);
      starts[i] = length;
      length += texts[i].length;
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < starts.length; i++) {
      System.arraycopy(texts[i], 0, bytes, starts[i], texts[i].length);
    }
    out.block(block(uri, bytes, starts));
    return starts.length;
  }

  private Block block(URI uri, byte[] bytes, int[] starts) {
    long[] positions = new long[starts.length];
    Arrays.setAll(positions, i -> at.records() + i);
    return new Block(
            bytes,
            0,
            bytes.length,
            HttpSource.ANSWERS.id(),
            ++sequence,
            positions[0],
            BlockLines.from(1, bytes, 0, bytes.length),
            false,
            Map.of())
        .with(new BlockRecords(starts, positions, columns(uri, starts.length)));
  }

  private Map<String, Column> columns(URI uri, int count) {
    Map<String, Column> columns = new LinkedHashMap<>();
    if (meta.contains("url")) {
      BytesBuilder texts = new BytesBuilder();
      for (int i = 0; i < count; i++) {
        texts.add(Request.shown(uri).replace("?...", ""));
      }
      columns.put("url", texts.build());
    }
    if (meta.contains("fetched_at")) {
      LongsBuilder times = new LongsBuilder();
      long now = clock.micros();
      for (int i = 0; i < count; i++) {
        times.add(now);
      }
      columns.put("fetched_at", times.build());
    }
    return columns;
  }

  /** Goes on to the next page, or ends the round. */
  private void move(
      URI uri, Answer answer, Optional<Contents> contents, int records, Optional<String> greatest) {
    Optional<String> next =
        config.pages().flatMap(pages -> new NextPage(pages, asking).of(uri, answer, contents, at));
    if (next.isPresent()) {
      at = at.onTo(next.get(), records, greatest);
      return;
    }
    // The first page alone does not tell that the others are as they were.
    Progress.Validators known =
        config.pages().isPresent() || config.cursor().isPresent()
            ? Progress.Validators.NONE
            : new Progress.Validators(
                answer.headers().firstValue("ETag"), answer.headers().firstValue("Last-Modified"));
    Optional<String> cursor =
        config.cursor().isPresent()
            ? greatest.map(text -> Contents.text(Json.parse(text))).or(at::cursor)
            : Optional.empty();
    at = at.roundOver(records, cursor, greatest, known);
  }

  @Override
  public Position position(Split split) {
    return at.position();
  }

  @Override
  public void close() {
    asking.hangUp();
  }
}
