package io.penstock.connectors.standard.file;

import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteOutput;
import java.io.IOException;

/** Writes a file, and has the disk write back every 64 MiB, so that the end is no long wait. */
final class DiskOutput implements ByteOutput {
  private static final long WRITE_BACK = 64L << 20;

  private final Disk.Writing file;
  private long unforced;

  DiskOutput(Disk.Writing file) {
    this.file = file;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    file.write(bytes, offset, length);
    unforced += length;
    if (unforced >= WRITE_BACK) {
      writeBack();
    }
  }

  @Override
  public void finish() {}

  void writeBack() throws IOException {
    unforced = 0;
    file.writeBack();
  }

  void force() throws IOException {
    file.force();
  }

  long length() {
    return file.length();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
