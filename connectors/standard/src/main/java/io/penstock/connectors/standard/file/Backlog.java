package io.penstock.connectors.standard.file;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Position;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a position: those read to their end, the one being read, those to come. While the
 * folder is watched, new ones come up when they have not changed for two looks, or are older than
 * that.
 */
final class Backlog {
  /** How long lies between two looks, and what a file must rest before it is taken up. */
  static final Duration LOOK = Duration.ofSeconds(1);

  private static final String READ = "read";
  private static final String BEFORE = "before";
  private static final String FORGOTTEN = "forgotten";
  private static final String CHANGED = "changed.";

  private final FileSourceConfig config;
  private final SourceContext run;
  private final SourceFiles files;
  private final SortedMap<String, Finished> finished = new TreeMap<>();
  private final ArrayDeque<Disk.Entry> waiting = new ArrayDeque<>();
  private final Map<String, Disk.Entry> unsteady = new HashMap<>();
  private final Optional<FileMark> begun;
  private final SortedSet<String> changed = new TreeSet<>();
  private final List<Problem> warnings = new ArrayList<>();
  private long read;
  private long forgotten = Long.MIN_VALUE;
  private long lookedNanos;

  private Backlog(FileSourceConfig config, SourceContext run, Position from) {
    this.config = config;
    this.run = run;
    this.files = new SourceFiles(config, run);
    this.begun = FileMark.of(from.evidence(), "");
    from.evidence()
        .forEach(
            (name, value) -> {
              if (name.startsWith(Finished.PREFIX)) {
                finished.put(name.substring(Finished.PREFIX.length()), Finished.of(value));
              } else if (name.startsWith(CHANGED)) {
                changed.add(name.substring(CHANGED.length()));
              }
            });
    this.read = Long.parseLong(from.evidence().getOrDefault(BEFORE, "0"));
    String before = from.evidence().get(FORGOTTEN);
    if (before != null) {
      forgotten = Long.parseLong(before);
    }
  }

  /** The files that are left behind a position. */
  static Backlog at(FileSourceConfig config, SourceContext run, Position from) throws IOException {
    Backlog backlog = new Backlog(config, run, from);
    if (from.evidence().isEmpty()) {
      backlog.begin();
    }
    backlog.look();
    return backlog;
  }

  /** What a position says, without a look at the disk. */
  static Backlog read(FileSourceConfig config, SourceContext run, Position from) {
    return new Backlog(config, run, from);
  }

  /** How many bytes of all files lie before a position, packed as they are. */
  static long read(Position at) {
    return Long.parseLong(at.evidence().getOrDefault(READ, "0"));
  }

  private void begin() throws IOException {
    Optional<StartAt> start = config.startAt();
    if (start.isEmpty()) {
      return;
    }
    for (Disk.Entry file : files.now()) {
      if (start.get().isBehind(file)) {
        finished.put(shown(file), Finished.of(run.disk(), file));
      }
    }
  }

  /** The place in the file that was being read. */
  Optional<FileMark> begun() {
    return begun;
  }

  /** The file with this mark as it is now. */
  Disk.Entry file(FileMark mark) throws IOException {
    Optional<Disk.Entry> found = run.disk().entry(run.files().resolve(mark.file()));
    if (found.isEmpty() || found.get().kind() != Disk.Entry.Kind.FILE) {
      throw FileSource.problem(
          run,
          ProblemCode.R201,
          "`" + mark.file() + "`, in which reading stopped at byte " + mark.offset() + ", is gone",
          FileSource.PUT_BACK);
    }
    return found.get();
  }

  /** The next file; empty where there is none now. */
  Optional<Disk.Entry> take() throws IOException {
    if (waiting.isEmpty() && config.watch() && isTime()) {
      look();
    }
    return Optional.ofNullable(waiting.poll());
  }

  private boolean isTime() {
    return run.clock().nanos() - lookedNanos >= LOOK.toNanos();
  }

  private void look() throws IOException {
    lookedNanos = run.clock().nanos();
    Set<String> there = new HashSet<>();
    String current = begun.map(FileMark::file).orElse("");
    for (Disk.Entry file : config.watch() ? files.now() : files.all()) {
      String name = shown(file);
      there.add(name);
      if (isReplaced(name, file)) {
        finished.remove(name);
        changed.remove(name);
      }
      compare(name, file);
      boolean known =
          name.equals(current)
              || finished.containsKey(name)
              || config.watch() && file.modifiedMicros() <= forgotten;
      if (!known && rests(file, name)) {
        waiting.add(file);
      }
    }
    unsteady.keySet().retainAll(there);
    if (config.watch()) {
      forget(there);
    }
  }

  // Where files are removed once they were read, the next one of a name is a new one.
  private boolean isReplaced(String name, Disk.Entry file) throws IOException {
    Finished before = finished.get(name);
    return before != null
        && config.watch()
        && !config.whenDone().map(WhenDone::keeps).orElse(true)
        && before.isReplacedBy(run.disk(), file);
  }

  /** A file that was read is not read again, whatever is written into it later. */
  private void compare(String name, Disk.Entry now) {
    Finished before = finished.get(name);
    if (before == null || !config.watch()) {
      return;
    }
    boolean differs =
        before.size() != now.size() || before.modifiedMicros() != now.modifiedMicros();
    if (differs && changed.add(name)) {
      warnings.add(
          Problem.of(
              ProblemCode.W502,
              Origin.file(run.step()),
              "`"
                  + name
                  + "`, which was read when it had "
                  + before.size()
                  + " bytes, has changed since and is not read again",
              "give what is new a file of its own, or say `follow: true` for files that grow"));
    }
  }

  /** The files that were found changed since this was asked last, each once. */
  List<Problem> takeWarnings() {
    List<Problem> found = List.copyOf(warnings);
    warnings.clear();
    return found;
  }

  private boolean rests(Disk.Entry file, String name) {
    if (!config.watch()) {
      return true;
    }
    Disk.Entry before = unsteady.put(name, file);
    boolean alike =
        before != null
            && before.size() == file.size()
            && before.modifiedMicros() == file.modifiedMicros()
            && before.key().equals(file.key());
    long rested = run.clock().micros() - file.modifiedMicros();
    return alike || rested >= 2 * LOOK.toNanos() / 1000;
  }

  // A file that is gone may come again as another one; an old one is known by its time alone.
  private void forget(Set<String> there) {
    finished.keySet().retainAll(there);
    long before = run.clock().micros() - config.forgotten().toNanos() / 1000;
    for (Finished file : finished.values()) {
      if (file.modifiedMicros() < before) {
        forgotten = Math.max(forgotten, file.modifiedMicros());
      }
    }
    finished.values().removeIf(file -> file.modifiedMicros() <= forgotten);
    changed.retainAll(finished.keySet());
  }

  /** Says that a file was read to its end. */
  void finish(String name, Finished file) {
    read += file.size();
    finished.put(name, file);
  }

  /** The files read to their end, by name. */
  SortedMap<String, Finished> finished() {
    return Collections.unmodifiableSortedMap(finished);
  }

  /** How many bytes there are up to the last file that is known, packed as they are. */
  long end() throws IOException {
    long sum = read;
    if (begun.isPresent()) {
      sum += file(begun.get()).size();
    }
    for (Disk.Entry file : waiting) {
      sum += file.size();
    }
    return sum;
  }

  /** How many bytes of files that were read to their end there are, packed as they are. */
  long read() {
    return read;
  }

  /** The position in an open file, or between two. */
  Position position(Optional<BegunFile> open) {
    SortedMap<String, String> evidence = new TreeMap<>();
    long sum = read + open.map(BegunFile::consumed).orElse(0L);
    evidence.put(READ, Long.toString(sum));
    evidence.put(BEFORE, Long.toString(read));
    if (forgotten != Long.MIN_VALUE) {
      evidence.put(FORGOTTEN, Long.toString(forgotten));
    }
    finished.forEach((name, file) -> evidence.put(Finished.PREFIX + name, file.text()));
    changed.forEach(name -> evidence.put(CHANGED + name, ""));
    if (open.isEmpty()) {
      return new Position(0, evidence);
    }
    FileMark mark = open.get().mark();
    mark.into(evidence, "");
    return new Position(mark.offset(), evidence);
  }

  private String shown(Disk.Entry file) {
    return run.files().shown(file.path());
  }
}
