package io.penstock.connectors.redis;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Position;
import io.penstock.api.source.Split;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a stream is read. Single-threaded.
 *
 * <p>Entries are removed from a stream's front (by its length or age), and by their ids. Where the
 * entry that was read last is gone and so are those before what is there now, entries that were
 * never read may be gone too. Servers from 7 on count what a stream ever got, so they can tell.
 */
final class StreamPart {
  private static final String READ = "read";
  private static final String ADDED = "added";

  private final String key;
  private final long end;
  private final Failure failure;
  private final Deque<Numbered> waiting = new ArrayDeque<>();
  private long next;
  private long fetched;
  private Optional<Long> read;
  private Optional<Long> added;
  private boolean ended;

  /** An entry with the number of its id, and how many the stream had got with it, if known. */
  record Numbered(long number, Asked.Entry entry, Optional<Long> added) implements Incoming {
    @Override
    public Optional<byte[]> value(byte[] field) {
      return entry.value(field);
    }

    @Override
    public String named() {
      return "at entry " + entry.id();
    }

    @Override
    public Optional<String> text(String meta, Split split) {
      return Optional.of(meta.equals("id") ? entry.id() : split.id());
    }

    @Override
    public long micros(String meta) {
      return EntryId.millis(number) * 1000;
    }
  }

  StreamPart(String key, Position from, long end, Failure failure) {
    this.key = key;
    this.end = end;
    this.failure = failure;
    this.next = from.offset();
    this.fetched = next;
    this.read = number(from, READ);
    this.added = number(from, ADDED);
    this.ended = next >= end;
  }

  private static Optional<Long> number(Position at, String name) {
    return Optional.ofNullable(at.evidence().get(name)).map(Long::parseLong);
  }

  String key() {
    return key;
  }

  /** The entries that were fetched and not handed on. */
  Deque<Numbered> waiting() {
    return waiting;
  }

  /** Whether everything up to the end was handed on. */
  boolean ended() {
    return ended && waiting.isEmpty();
  }

  /** The id behind which fetching goes on. */
  String behind() {
    return EntryId.before(fetched);
  }

  /** Stops the run where entries are gone that were never read. */
  void verify(Asked.Look look) {
    if (read.isEmpty()) {
      return;
    }
    String at = EntryId.text(read.get());
    if (look.stream().isEmpty()) {
      throw gone("`" + key + "` is gone; it was read up to the entry " + at);
    }
    Asked.Stream stream = look.stream().get();
    long last = number(stream.lastId());
    if (last < read.get()) {
      throw gone(
          "`"
              + key
              + "` ends with the entry "
              + stream.lastId()
              + ", and it was read up to "
              + at
              + ": it was made anew, or the server has lost entries");
    }
    boolean there = stream.firstId().isPresent() && number(stream.firstId().get()) <= read.get();
    if (there || last == read.get()) {
      return;
    }
    if (stream.added().isEmpty() || added.isEmpty()) {
      throw gone(
          "the entry "
              + at
              + " of `"
              + key
              + "`, which was read last, was removed, and perhaps others behind it: the server does"
              + " not tell (from Redis 7 on it counts)");
    }
    long lost = stream.added().get() - stream.length() - added.get();
    if (lost > 0) {
      throw gone(
          "`"
              + key
              + "` begins with the entry "
              + stream.firstId().orElse("none")
              + ", and reading goes on behind "
              + at
              + ": "
              + lost
              + " entries are gone");
    }
  }

  private PipelineException gone(String message) {
    return failure.problem(
        ProblemCode.R202,
        message,
        "keep more entries (`MAXLEN`, `MINID`); to go on with what is there, begin anew with"
            + " `--fresh`");
  }

  private long number(String id) {
    return EntryId.number(id).orElseThrow(() -> RedisSource.unnumbered(failure, key, id));
  }

  /**
   * Takes what a look has found.
   *
   * @param most how many entries were asked for
   */
  void take(Asked.Look look, int most) {
    verify(look);
    if (look.stream().isEmpty()) {
      ended |= end != Long.MAX_VALUE && end == 0;
      return;
    }
    Asked.Stream stream = look.stream().get();
    boolean toTheEnd = look.entries().size() < most;
    Optional<Long> first = firstCount(stream, look.entries().size(), toTheEnd);
    long behind = 0;
    for (Asked.Entry entry : look.entries()) {
      long number = number(entry.id());
      if (number >= end) {
        ended = true;
        break;
      }
      long nth = behind++;
      waiting.add(new Numbered(number, entry, first.map(count -> count + nth)));
      fetched = number + 1;
    }
    if (toTheEnd && end != Long.MAX_VALUE && number(stream.lastId()) + 1 >= end) {
      ended = true;
      fetched = Math.max(fetched, end);
    }
    if (waiting.isEmpty()) {
      next = Math.max(next, ended ? end : next);
    }
  }

  /** How many entries the stream had got with the first of those that were found, if known. */
  private Optional<Long> firstCount(Asked.Stream stream, int found, boolean toTheEnd) {
    if (toTheEnd) {
      return stream.added().map(all -> all - found + 1);
    }
    boolean fromTheFront = read.isEmpty() && next == 0;
    return fromTheFront
        ? stream.added().map(all -> all - stream.length() + 1)
        : added.map(before -> before + 1);
  }

  /** Entries up to this one were handed on. */
  void gave(Numbered last) {
    read = Optional.of(last.number());
    added = last.added();
    boolean through = waiting.isEmpty() && ended;
    next = through ? Math.max(end, last.number() + 1) : last.number() + 1;
  }

  /** How far it is read. */
  Position position() {
    TreeMap<String, String> evidence = new TreeMap<>();
    read.ifPresent(number -> evidence.put(READ, Long.toString(number)));
    added.ifPresent(count -> evidence.put(ADDED, Long.toString(count)));
    return new Position(next, evidence);
  }
}
