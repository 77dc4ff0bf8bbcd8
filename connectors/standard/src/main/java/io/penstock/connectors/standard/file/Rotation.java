package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the files that a log was renamed or copied to: those beside it whose name is its own with a
 * number, a date or a word such as {@code old} in it.
 */
final class Rotation {
  private static final String MORE = "[._-]?(\\d[\\w.+-]*|old|bak|prev)";
  private static final String PACKED = "(\\.(gz|zst|bz2|xz))?";

  private final SourceContext run;

  Rotation(SourceContext run) {
    this.run = run;
  }

  /**
   * The files in which reading goes on, oldest first: the one that the mark is in, then those that
   * came between it and the log, then the log itself where it is there.
   *
   * @param now the file of the log's name
   */
  List<Piece> since(Path log, FileMark mark, Optional<Disk.Entry> now) throws IOException {
    if (now.isPresent() && isIn(now.get(), mark, true)) {
      return List.of(new Piece(now.get(), mark, true));
    }
    List<Disk.Entry> beside = beside(log);
    Optional<Disk.Entry> old = find(beside, mark);
    List<Piece> pieces = new ArrayList<>();
    if (old.isPresent()) {
      pieces.add(new Piece(old.get(), mark, true));
      pieces.addAll(between(beside, old.get(), mark, now));
    } else if (mark.size() > 0) {
      throw lost(mark, now);
    }
    now.ifPresent(file -> pieces.add(new Piece(file, start(mark, file), true)));
    return pieces;
  }

  /**
   * The files in which reading goes on behind one that is still open, oldest first: those that came
   * between it and the log, then the log itself.
   *
   * @param open the file that is read, renamed, copied or removed since
   */
  List<Piece> behind(Path log, Disk.Entry open, FileMark mark, Optional<Disk.Entry> now)
      throws IOException {
    List<Piece> pieces = new ArrayList<>();
    List<Disk.Entry> beside = beside(log);
    Optional<Disk.Entry> old =
        beside.stream().filter(file -> file.key().equals(open.key())).findFirst();
    if (old.isPresent()) {
      pieces.addAll(between(beside, old.get(), mark, now));
    }
    now.ifPresent(file -> pieces.add(new Piece(file, start(mark, file), true)));
    return pieces;
  }

  /**
   * The files in which reading goes on where the log was cut: a copy that holds what was not read,
   * those that came after it, then the log itself.
   */
  List<Piece> cut(Path log, FileMark mark, Disk.Entry now) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    List<Disk.Entry> beside = beside(log);
    Optional<Disk.Entry> copy = copy(beside, mark);
    if (copy.isPresent()) {
      pieces.add(new Piece(copy.get(), mark, false));
      pieces.addAll(between(beside, copy.get(), mark, Optional.of(now)));
    }
    pieces.add(new Piece(now, start(mark, now), true));
    return pieces;
  }

  private static FileMark start(FileMark mark, Disk.Entry file) {
    return FileMark.start(mark.file(), file.key(), file.size());
  }

  private Optional<Disk.Entry> find(List<Disk.Entry> beside, FileMark mark) throws IOException {
    for (Disk.Entry file : beside) {
      if (isIn(file, mark, true)) {
        return Optional.of(file);
      }
    }
    return copy(beside, mark);
  }

  private Optional<Disk.Entry> copy(List<Disk.Entry> beside, FileMark mark) throws IOException {
    for (Disk.Entry file : beside) {
      if (mark.offset() > 0 && isIn(file, mark, false)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private boolean isIn(Disk.Entry file, FileMark mark, boolean itself) throws IOException {
    return (!itself || file.key().equals(mark.key())) && OpenFile.matches(run.disk(), file, mark);
  }

  private List<Piece> between(
      List<Disk.Entry> beside, Disk.Entry old, FileMark mark, Optional<Disk.Entry> now) {
    List<Piece> pieces = new ArrayList<>();
    for (Disk.Entry file : beside) {
      boolean isNow = now.isPresent() && now.get().key().equals(file.key());
      if (isNow || file.modifiedMicros() <= old.modifiedMicros()) {
        continue;
      }
      String name = String.valueOf(file.path().getFileName());
      if (!Compression.bare(name).equals(name)) {
        throw FileSource.problem(
            run,
            ProblemCode.R201,
            "`" + run.files().shown(file.path()) + "` was packed before it was read",
            "unpack it where it lies, then start again");
      }
      pieces.add(new Piece(file, start(mark, file), false));
    }
    return pieces;
  }

  /** The files that the log may have been before, by the time of their last change. */
  private List<Disk.Entry> beside(Path log) throws IOException {
    String name = String.valueOf(log.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String end = dot > 0 ? name.substring(dot) : "";
    Pattern behind = Pattern.compile(Pattern.quote(name) + MORE + PACKED);
    Pattern inside = Pattern.compile(Pattern.quote(stem) + MORE + Pattern.quote(end) + PACKED);
    List<Disk.Entry> files = new ArrayList<>();
    for (Disk.Entry file : run.disk().list(log.resolveSibling(""))) {
      String other = String.valueOf(file.path().getFileName());
      boolean ours = behind.matcher(other).matches() || inside.matcher(other).matches();
      if (ours && !other.equals(name) && file.kind() == Disk.Entry.Kind.FILE) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparingLong(Disk.Entry::modifiedMicros));
    return files;
  }

  private RuntimeException lost(FileMark mark, Optional<Disk.Entry> now) {
    String text = "`" + mark.file() + "`, in which reading stopped at byte " + mark.offset();
    String found =
        now.isEmpty()
            ? ", is gone"
            : now.get().size() < mark.offset()
                ? ", has " + now.get().size() + " bytes"
                : ", is another file now";
    return FileSource.problem(
        run,
        ProblemCode.R201,
        text + found + ", and nothing beside it goes on there",
        FileSource.PUT_BACK);
  }

  /**
   * A file to read.
   *
   * @param live whether it may still grow
   */
  record Piece(Disk.Entry file, FileMark mark, boolean live) {}
}
