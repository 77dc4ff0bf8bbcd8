package io.penstock.core.checkpoint;

import io.penstock.api.system.Disk;
import io.penstock.core.state.StateOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one epoch's spool: in memory as long as they are few, to go into the checkpoint,
 * then in a file. The file is begun when there are more, with those that are there.
 * Single-threaded.
 */
final class SpoolBytes implements StateOutput.Target {
  private final Disk disk;
  private final Path path;
  private final int mostInside;
  private final CRC32C checksum = new CRC32C();
  private final ByteArrayOutputStream inside = new ByteArrayOutputStream();
  private Disk.@Nullable Writing file;

  /**
   * No bytes yet.
   *
   * @param path of the file, should there be one
   * @param mostInside more bytes than these go to the file
   */
  SpoolBytes(Disk disk, Path path, int mostInside) {
    this.disk = disk;
    this.path = path;
    this.mostInside = mostInside;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    checksum.update(bytes, offset, count);
    Disk.Writing to = file;
    if (to == null && inside.size() + count <= mostInside) {
      inside.write(bytes, offset, count);
      return;
    }
    if (to == null) {
      to = disk.create(path);
      file = to;
      byte[] first = inside.toByteArray();
      inside.reset();
      if (first.length > 0) {
        to.write(first, 0, first.length);
      }
    }
    to.write(bytes, offset, count);
  }

  int checksum() {
    return (int) checksum.getValue();
  }

  /** The file that they are in; empty where the checkpoint is to keep them. */
  Optional<Disk.Writing> file() {
    return Optional.ofNullable(file);
  }

  /** Those that the checkpoint is to keep, as text. */
  String text() {
    return Base64.getEncoder().encodeToString(inside.toByteArray());
  }
}
