package io.penstock.connectors.standard.file;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Encoder;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteOutput;
import io.penstock.connectors.standard.compression.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written under a name of its own beside its target. May be let go of and
 * taken up again in between.
 */
final class StagedFile {
  static final String KIND = "file";

  private final Disk disk;
  private final Path temp;
  private final Path target;
  private final Compression compression;
  private final Encoder encoder;
  private final long openedNanos;
  private final Optional<SummedOutput.Sums> sums;
  private @Nullable DiskOutput file;
  private @Nullable ByteOutput output;
  private long length;
  private long rows;
  private boolean begun;

  StagedFile(
      Disk disk,
      Path temp,
      Path target,
      Compression compression,
      Encoder encoder,
      long openedNanos,
      Optional<SummedOutput.Sums> sums) {
    this.disk = disk;
    this.temp = temp;
    this.target = target;
    this.compression = compression;
    this.encoder = encoder;
    this.openedNanos = openedNanos;
    this.sums = sums;
  }

  /**
   * Begins the file.
   *
   * @param continued whether it goes on behind bytes of the same format, so that no header is
   *     wanted
   */
  void begin(boolean continued) throws IOException {
    ByteOutput to = take();
    encoder.open(continued ? (bytes, offset, count) -> {} : to::write);
  }

  Rejects write(Batch batch) throws IOException {
    ByteOutput to = take();
    Rejects rejects = encoder.write(batch, to::write);
    rows += batch.size() - rejects.rows().size();
    return rejects;
  }

  private ByteOutput take() throws IOException {
    ByteOutput open = output;
    if (open != null) {
      return open;
    }
    DiskOutput opened = new DiskOutput(begun ? disk.append(temp, length) : disk.create(temp));
    begun = true;
    file = opened;
    ByteOutput summed = sums.isPresent() ? new SummedOutput(opened, sums.get()) : opened;
    ByteOutput packed = compression.pack(summed);
    output = packed;
    return packed;
  }

  /** Whether the system holds it open. */
  boolean isOpen() {
    return output != null;
  }

  /** Opens the file again where it was let go of. */
  void takeUp() throws IOException {
    ByteOutput unused = take();
  }

  /** Lets go of the file for now, and of the memory that writing it takes. */
  void rest() throws IOException {
    encoder.rest();
    ByteOutput open = output;
    DiskOutput below = file;
    if (open == null || below == null) {
      return;
    }
    output = null;
    file = null;
    try (below) {
      open.finish();
      length = below.length();
    }
  }

  /** Ends the file, and keeps it open: it is durable once it is forced. */
  void end() throws IOException {
    ByteOutput open = take();
    encoder.close(open::write);
    DiskOutput below = file;
    open.finish();
    output = null;
    if (below != null) {
      length = below.length();
    }
  }

  /** Has the disk begin with what {@link #force} then need not wait for. */
  void writeBack() throws IOException {
    DiskOutput below = file;
    if (below != null) {
      below.writeBack();
    }
  }

  /** Makes the file durable, once it is ended; by whichever thread has it then. */
  void force() throws IOException {
    DiskOutput below = file;
    if (below != null) {
      below.force();
      below.close();
    }
    file = null;
    encoder.rest();
  }

  /** Lets go of the file, which stays as it is. */
  void letGo() throws IOException {
    DiskOutput below = file;
    file = null;
    if (below != null) {
      below.close();
    }
  }

  /** The file, ended, as it is handed to a commit that renames it. */
  Staged staged() {
    return new Staged(
        KIND,
        Map.of(
            "temp", temp.toString(),
            "target", target.toString(),
            "bytes", Long.toString(length),
            "rows", Long.toString(rows)));
  }

  /** The file, ended, under the hidden form of the name that it will have. */
  PreparedPart prepare(String name) throws IOException {
    Path folder = temp.resolveSibling("");
    Path hidden = folder.resolve(KeptNames.hidden(name));
    disk.rename(temp, hidden);
    int check = sums.map(SummedOutput.Sums::whole).orElse(0);
    return new PreparedPart(hidden, folder.resolve(name), length, rows, check);
  }

  /** Removes the file. */
  void drop() throws IOException {
    ByteOutput open = output;
    DiskOutput below = file;
    output = null;
    file = null;
    try {
      if (open != null) {
        open.close();
      } else if (below != null) {
        below.close();
      }
    } finally {
      disk.delete(temp);
    }
  }

  Path target() {
    return target;
  }

  long rows() {
    return rows;
  }

  /** How many bytes the disk has so far. */
  long bytes() {
    DiskOutput below = file;
    return below == null ? length : below.length();
  }

  long openedNanos() {
    return openedNanos;
  }
}
