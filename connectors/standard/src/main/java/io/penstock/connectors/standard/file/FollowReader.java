package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads files that grow, in turn. The offset of a position is the sum of the bytes read of all of
 * them; its evidence has the place in each.
 */
final class FollowReader implements Reader {
  private static final int BLOCK = 1 << 20;
  private static final String AT = "at.";
  private static final String BEHIND = "behind";
  private static final String THROUGH = "through.";

  // How often a file that gave nothing is asked whether it has grown.
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final FileSourceConfig config;
  private final SourceContext source;
  private final ReaderContext run;
  private final SourceFiles files;
  private final SortedMap<Path, FollowedLog> logs = new TreeMap<>();
  // Keys of files that are through and still stand where files are looked for.
  private final Set<String> through = new TreeSet<>();
  private Split split = new Split("");
  private boolean assigned;
  private boolean paused;
  private long end = Long.MAX_VALUE;
  private long behind;
  private long lookedNanos;
  private long dryNanos;
  private boolean dry;
  private int turn;

  FollowReader(FileSourceConfig config, SourceContext source, ReaderContext run) {
    this.config = config;
    this.source = source;
    this.run = run;
    this.files = new SourceFiles(config, source);
  }

  @Override
  public void assign(Split wanted, Position from, Bound to) throws IOException {
    close();
    split = wanted;
    assigned = true;
    end = to.offset();
    dry = false;
    behind = Long.parseLong(from.evidence().getOrDefault(BEHIND, "0"));
    through.clear();
    for (String name : from.evidence().keySet()) {
      if (name.startsWith(THROUGH)) {
        through.add(name.substring(THROUGH.length()));
      }
    }
    for (FileMark mark : marks(from)) {
      Path path = source.files().resolve(mark.file());
      List<Rotation.Piece> pieces =
          new Rotation(source).since(path, mark, source.disk().entry(path));
      logs.put(path, new FollowedLog(source, run, path, pieces));
    }
    lookedNanos = source.clock().nanos();
    add(from.evidence().isEmpty() ? config.startAt() : Optional.empty());
  }

  private static List<FileMark> marks(Position at) {
    List<FileMark> marks = new ArrayList<>();
    for (int i = 0; ; i++) {
      Optional<FileMark> mark = FileMark.of(at.evidence(), AT + i + ".");
      if (mark.isEmpty()) {
        return marks;
      }
      marks.add(mark.get());
    }
  }

  /** How many bytes there are in all files behind a position, and before it. */
  static long end(FileSourceConfig config, SourceContext source, Position from) throws IOException {
    SourceFiles files = new SourceFiles(config, source);
    long end = from.offset();
    Set<String> known = new HashSet<>();
    for (FileMark mark : marks(from)) {
      Path path = source.files().resolve(mark.file());
      for (Rotation.Piece piece :
          new Rotation(source).since(path, mark, source.disk().entry(path))) {
        known.add(piece.file().key());
        end += Math.max(0, piece.file().size() - piece.mark().offset());
      }
    }
    for (Disk.Entry file : files.now()) {
      boolean passed = from.evidence().containsKey(THROUGH + file.key());
      end += known.contains(file.key()) || passed ? 0 : file.size();
    }
    return end;
  }

  /** Takes up the files that are not followed yet. */
  private void add(Optional<StartAt> start) throws IOException {
    List<Disk.Entry> found = files.now();
    Set<String> keys = new HashSet<>();
    for (Disk.Entry file : found) {
      keys.add(file.key());
    }
    through.retainAll(keys);
    for (Disk.Entry file : found) {
      boolean known =
          logs.containsKey(file.path())
              || through.contains(file.key())
              || logs.values().stream().anyMatch(log -> log.has(file.key()));
      if (!known) {
        FileMark mark =
            start.isPresent() && start.get().isBehind(file) ? lastLine(file) : first(file);
        logs.put(
            file.path(),
            new FollowedLog(
                source, run, file.path(), List.of(new Rotation.Piece(file, mark, true))));
      }
    }
  }

  private FileMark first(Disk.Entry file) {
    return FileMark.start(source.files().shown(file.path()), file.key(), file.size());
  }

  /** The place behind the last whole line. */
  private FileMark lastLine(Disk.Entry file) throws IOException {
    try (GrowingFile passing = GrowingFile.open(source, run, file, first(file))) {
      Passing over = new Passing();
      while (passing.next(over, BLOCK)) {
        // Passed over.
      }
      return passing.mark();
    }
  }

  @Override
  public void revoke(Split gone) throws IOException {
    close();
    assigned = false;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = splits.contains(split);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    if (!assigned || offset() >= end) {
      return Step.ENDED;
    }
    long now = source.clock().nanos();
    boolean endless = end == Long.MAX_VALUE;
    if (paused || endless && dry && now - dryNanos < PAUSE.toNanos()) {
      return Step.NOTHING_NOW;
    }
    if (now - lookedNanos >= Backlog.LOOK.toNanos()) {
      lookedNanos = now;
      look();
    }
    dry = !read(out, Math.min(limits.bytes(), BLOCK));
    dryNanos = now;
    if (!dry) {
      return Step.MORE;
    }
    return endless ? Step.NOTHING_NOW : Step.ENDED;
  }

  private boolean read(Out out, int bytes) throws IOException {
    List<FollowedLog> all = List.copyOf(logs.values());
    for (int i = 0; i < all.size(); i++) {
      FollowedLog log = all.get((turn + i) % all.size());
      String key = log.key();
      boolean more = guarded(log, out, bytes);
      if (!log.key().equals(key)) {
        through.add(key);
      }
      if (more) {
        turn = (turn + i + 1) % all.size();
        return true;
      }
    }
    return false;
  }

  private boolean guarded(FollowedLog log, Out out, int bytes) throws IOException {
    try {
      return log.next(out, bytes);
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  private void look() throws IOException {
    try {
      for (FollowedLog log : logs.values()) {
        log.look();
      }
      for (Path path : List.copyOf(logs.keySet())) {
        FollowedLog log = logs.get(path);
        if (log != null && log.isOver()) {
          behind += log.behind();
          logs.remove(path);
        }
      }
      add(Optional.empty());
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  private RuntimeException unreadable(IOException broken) {
    return FileSource.problem(
        source,
        ProblemCode.R205,
        "the files cannot be followed: " + Reason.of(broken),
        "check that they may be read");
  }

  private long offset() throws IOException {
    long sum = behind;
    for (FollowedLog log : logs.values()) {
      sum += log.behind() + log.mark().map(FileMark::offset).orElse(0L);
    }
    return sum;
  }

  @Override
  public Position position(Split of) {
    SortedMap<String, String> evidence = new TreeMap<>();
    long sum = behind;
    int index = 0;
    try {
      for (FollowedLog log : logs.values()) {
        sum += log.behind();
        Optional<FileMark> mark = log.mark();
        if (mark.isPresent()) {
          mark.get().into(evidence, AT + index++ + ".");
        }
      }
      through.forEach(key -> evidence.put(THROUGH + key, ""));
      evidence.put(BEHIND, Long.toString(sum));
      return new Position(offset(), evidence);
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  @Override
  public void close() throws IOException {
    for (FollowedLog log : logs.values()) {
      log.close();
    }
    logs.clear();
  }
}
