package io.penstock.testkit.simulation;

import io.penstock.api.system.Disk;
import io.penstock.api.system.NoSpaceException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes at the end of a file, as many bytes at once as the system takes. */
final class SimulatedWriting implements Disk.Writing {
  private final SimulatedDisk disk;
  private final Path path;
  private final SimulatedFile file;
  private boolean closed;

  SimulatedWriting(SimulatedDisk disk, Path path, SimulatedFile file) {
    this.disk = disk;
    this.path = path;
    this.file = file;
  }

  private void open() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    open();
    int done = 0;
    while (done < length && !(disk.isForgetful() && done > 0)) {
      done += writeSome(bytes, offset + done, length - done);
    }
  }

  private int writeSome(byte[] bytes, int offset, int length) throws IOException {
    disk.step("write", path, length);
    if (disk.isFull()) {
      file.write(bytes, offset, length / 2, disk.now());
      throw new NoSpaceException(path.toString(), new IOException("No space left on device"));
    }
    int count = length;
    Optional<Fault> part = disk.power().strikes(Fault.Kind.SHORT_WRITE);
    if (part.isPresent()) {
      count = 1 + Math.floorMod(part.get().amount(), length);
    }
    file.write(bytes, offset, count, disk.now());
    return count;
  }

  @Override
  public long length() {
    return file.length();
  }

  @Override
  public void writeBack() {
    // It may have begun, but nobody can count on it.
    disk.step("write_back", path, 0);
  }

  @Override
  public void force() throws IOException {
    open();
    disk.step("force", path, file.length());
    if (disk.power().strikes(Fault.Kind.FORCE_FAILS).isPresent()) {
      file.forceFailed();
      throw new IOException("Input/output error");
    }
    file.force();
  }

  @Override
  public void close() {
    closed = true;
  }
}
