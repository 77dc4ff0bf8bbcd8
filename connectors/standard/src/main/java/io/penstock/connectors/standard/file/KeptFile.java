package io.penstock.connectors.standard.file;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a run that keeps state: each epoch's bytes are written at the length that the epochs
 * before have given it, so that writing them again gives the same file.
 */
final class KeptFile implements Sink {
  private static final String PUT_BACK = "put the file back, or begin anew with `--fresh`";

  private final Output output;
  private final Disk disk;
  private boolean resumed;
  private long epoch = -1;
  private FileLength before = FileLength.NONE;
  private FileLength now = FileLength.NONE;

  KeptFile(Output output) {
    this.output = output;
    this.disk = output.run().disk();
  }

  @Override
  public void open(SinkContext run) throws IOException {
    output.refuseFolder();
  }

  private Path file() throws IOException {
    return output.file();
  }

  @Override
  public void resume(Staged mark) throws IOException {
    now = FileLength.of(mark);
    resumed = true;
  }

  @Override
  public Staged mark() throws IOException {
    begin();
    return now.staged(output.run().files().shown(file()));
  }

  /** That of the mark, or the one after it where the file is longer. */
  @Override
  public OptionalLong lastEpoch() throws IOException {
    if (!resumed) {
      return OptionalLong.empty();
    }
    long size = disk.entry(file()).map(Disk.Entry::size).orElse(0L);
    return OptionalLong.of(size > now.length() ? now.epoch() + 1 : now.epoch());
  }

  /** Looks, the first time that state is kept of it, at what is there. */
  private void begin() throws IOException {
    if (resumed) {
      return;
    }
    Path file = file();
    Optional<Disk.Entry> there = disk.entry(file);
    if (there.isPresent() && there.get().size() > 0) {
      if (output.config().ifExists().isEmpty()) {
        throw output.problem(
            ProblemCode.R303,
            "`"
                + output.run().files().shown(file)
                + "` is there, and this run has kept no state of it",
            "take another path, or say `if_exists: append` or `if_exists: replace`");
      }
      boolean goesOn =
          output.config().ifExists().filter(FileSinkConfig.IfExists.APPEND::equals).isPresent();
      now = goesOn ? FileLength.of(disk, there.get()) : FileLength.NONE;
    }
    resumed = true;
  }

  @Override
  public Rejects deliver(long delivered, long previous, SpoolReader rows) throws IOException {
    begin();
    if (delivered != epoch) {
      epoch = delivered;
      before = now;
    }
    Path file = file();
    try {
      boolean wanted = rows.rows() > 0 || before.length() == 0;
      if (!wanted) {
        verify(file);
        now = new FileLength(epoch, before.length(), before.check(), before.key());
        return Rejects.NONE;
      }
      return write(file, rows);
    } catch (IOException broken) {
      throw output.broken(file, broken);
    }
  }

  /** What the file had when the epoch before was through must be there still. */
  private Tail verify(Path file) throws IOException {
    Optional<Disk.Entry> there = disk.entry(file);
    long size = there.map(Disk.Entry::size).orElse(0L);
    if (size < before.length()) {
      throw output.problem(
          ProblemCode.R302,
          "`"
              + output.run().files().shown(file)
              + "` "
              + (there.isEmpty() ? "is gone" : "has " + size + " bytes")
              + ", and this run has written "
              + before.length(),
          PUT_BACK);
    }
    if (before.length() == 0) {
      return new Tail();
    }
    try (Disk.Reading reading = disk.read(file)) {
      Tail tail = Tail.of(reading, before.length());
      if (tail.check() != before.check()) {
        throw output.problem(
            ProblemCode.R301,
            "`"
                + output.run().files().shown(file)
                + "` is not as this run has left it: the checksum before byte "
                + before.length()
                + " was "
                + Tail.shown(before.check())
                + " and is "
                + Tail.shown(tail.check()),
            PUT_BACK);
      }
      return tail;
    }
  }

  private Rejects write(Path file, SpoolReader rows) throws IOException {
    SummedOutput.Sums sums = new SummedOutput.Sums(verify(file));
    boolean fresh = disk.entry(file).isEmpty();
    Path folder = file.resolveSibling("");
    if (before.length() == 0) {
      output.makeFolder(folder);
      KeptBy.leave(output, file);
    }
    List<Rejects.Reject> rejects = new ArrayList<>();
    long length;
    try (Disk.Writing writing = fresh ? disk.create(file) : disk.append(file, before.length())) {
      DiskOutput below = new DiskOutput(writing);
      try (ByteOutput packed = output.compression().pack(new SummedOutput(below, sums))) {
        encode(rows, packed, rejects);
        packed.finish();
        // Closing what packs closes the file too.
        below.force();
        length = below.length();
      }
    }
    // Also where the file was there: its name may be no older than a crash.
    if (before.length() == 0) {
      disk.forceDirectory(folder);
    }
    String key = disk.entry(file).map(Disk.Entry::key).orElse("");
    now = new FileLength(epoch, length, sums.end(), key);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private void encode(SpoolReader rows, ByteOutput to, List<Rejects.Reject> rejects)
      throws IOException {
    Encoder encoder = output.format().encoder(output.run().schema());
    boolean goesOn = before.length() > 0;
    encoder.open(goesOn ? (bytes, offset, count) -> {} : to::write);
    int first = 0;
    rows.rewind();
    Optional<SinkRows> next = rows.next();
    while (next.isPresent()) {
      Batch batch = next.get().rows();
      for (Rejects.Reject reject : encoder.write(batch, to::write).rows()) {
        rejects.add(new Rejects.Reject(first + reject.row(), reject.code(), reject.message()));
      }
      first += batch.size();
      next = rows.next();
    }
    encoder.close(to::write);
  }

  @Override
  public void close() {}
}
