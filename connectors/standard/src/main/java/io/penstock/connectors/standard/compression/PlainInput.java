package io.penstock.connectors.standard.compression;

import io.penstock.api.system.Disk;
import java.io.IOException;

/** The bytes of a file as they are. */
final class PlainInput implements ByteInput {
  private final Disk.Reading file;
  private long position;

  PlainInput(Disk.Reading file, long from) {
    this.file = file;
    this.position = from;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = file.read(position, into, offset, length);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public long consumed() {
    return position;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
