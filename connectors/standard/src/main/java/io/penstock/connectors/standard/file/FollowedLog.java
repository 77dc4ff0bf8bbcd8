package io.penstock.connectors.standard.file;

import io.penstock.api.source.Out;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One log by its name: the file that is read, and those that follow where it was rotated. Used by
 * one thread.
 */
final class FollowedLog implements AutoCloseable {
  /** A file that was renamed may be written on for so many looks. */
  private static final int QUIET_LOOKS = 2;

  private final SourceContext source;
  private final ReaderContext run;
  private final Rotation rotation;
  private final Path path;
  private final ArrayDeque<Rotation.Piece> following = new ArrayDeque<>();
  private @Nullable GrowingFile current;
  private boolean live;
  private boolean leaving;
  private int quiet;
  private long length;
  private long behind;

  FollowedLog(SourceContext source, ReaderContext run, Path path, List<Rotation.Piece> pieces)
      throws IOException {
    this.source = source;
    this.run = run;
    this.rotation = new Rotation(source);
    this.path = path;
    following.addAll(pieces);
    advance();
  }

  /** Hands on one block; false when nothing is there now. */
  boolean next(Out out, int bytes) throws IOException {
    while (true) {
      GrowingFile file = current;
      if (file == null) {
        return false;
      }
      if (file.next(out, bytes)) {
        return true;
      }
      boolean over = file.ended();
      boolean finishes = !over && (!live || leaving && quiet >= QUIET_LOOKS);
      if (finishes) {
        file.finish();
      } else if (over) {
        behind += file.position();
        advance();
      } else {
        return false;
      }
    }
  }

  private void advance() throws IOException {
    close();
    Rotation.Piece piece = following.poll();
    quiet = 0;
    if (piece != null && isElsewhere(piece)) {
      // Rotated once more before its turn came.
      following.clear();
      following.addAll(rotation.since(path, piece.mark(), source.disk().entry(path)));
      piece = following.poll();
    }
    if (piece == null) {
      return;
    }
    live = piece.live();
    leaving = !following.isEmpty();
    current = GrowingFile.open(source, run, piece.file(), piece.mark());
    length = 0;
  }

  private boolean isElsewhere(Rotation.Piece piece) throws IOException {
    Optional<Disk.Entry> there = source.disk().entry(piece.file().path());
    return there.isEmpty() || !there.get().key().equals(piece.file().key());
  }

  /** Looks whether the log was rotated or cut. */
  void look() throws IOException {
    GrowingFile file = current;
    if (file == null) {
      return;
    }
    long now = file.length();
    quiet = now == length ? quiet + 1 : 0;
    length = now;
    if (leaving || !live) {
      return;
    }
    Optional<Disk.Entry> named = source.disk().entry(path);
    boolean same = named.isPresent() && named.get().key().equals(file.file().key());
    if (!same) {
      leaving = true;
      quiet = 0;
      following.addAll(rotation.behind(path, file.file(), file.mark(), named));
    } else if (file.begunAnew()) {
      List<Rotation.Piece> pieces = rotation.cut(path, file.mark(), named.get());
      // What was read of the copy counts once, under its own name.
      boolean copied = pieces.get(0).mark().offset() > 0;
      behind += copied ? 0 : file.position();
      following.addAll(pieces);
      advance();
    }
  }

  /** Whether nothing is left, because the log is gone. */
  boolean isOver() {
    return current == null;
  }

  /** The keys of the files that are read or to be read. */
  boolean has(String key) {
    GrowingFile file = current;
    return file != null && file.file().key().equals(key)
        || following.stream().anyMatch(piece -> piece.file().key().equals(key));
  }

  /** The key of the file that is read. */
  String key() {
    GrowingFile file = current;
    return file == null ? "" : file.file().key();
  }

  /** The bytes of files that are through, since the log was followed. */
  long behind() {
    return behind;
  }

  /** The place of the next record. */
  Optional<FileMark> mark() throws IOException {
    GrowingFile file = current;
    return file == null ? Optional.empty() : Optional.of(file.mark());
  }

  @Override
  public void close() throws IOException {
    GrowingFile file = current;
    current = null;
    if (file != null) {
      file.close();
    }
  }
}
