package io.penstock.core.checkpoint;

import io.penstock.api.system.Disk;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A small file that is there whole or not at all, and in which every changed byte is noticed: a
 * header with its checksum, the body, the body's checksum, an end mark. Numbers are big-endian.
 */
final class SealedFile {
  /** The newest format that this version writes, and reads. */
  static final int FORMAT = 4;

  private static final byte[] MAGIC = "PENSTOCK".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "KCOTSNEP".getBytes(StandardCharsets.US_ASCII);
  // Magic, kind, format, length of the body, checksum.
  private static final int HEADER = 8 + 4 + 4 + 8 + 4;
  private static final int TRAILER = 4 + 8;

  private final Disk disk;

  SealedFile(Disk disk) {
    this.disk = disk;
  }

  /** Writes a body. */
  @FunctionalInterface
  interface Body {
    void write(StateOutput to) throws IOException;
  }

  /**
   * Puts a file in its place. It is there for good when this returns; the rename is what counts.
   *
   * @param kind what the file is, so that one is not taken for another
   * @param name how the crash points call it
   */
  void write(Path target, int kind, Body body, String name, CrashPoints crashes)
      throws IOException {
    Path folder = target.resolveSibling("");
    Path temp = folder.resolve("." + target.getFileName() + ".tmp");
    byte[] bytes = bytes(kind, body);
    try (Disk.Writing writing = disk.create(temp)) {
      crashes.reached(name + ".created");
      writing.write(bytes, 0, bytes.length);
      crashes.reached(name + ".written");
      writing.force();
    }
    crashes.reached(name + ".forced");
    disk.rename(temp, target);
    crashes.reached(name + ".renamed");
    disk.forceDirectory(folder);
    crashes.reached(name + ".durable");
  }

  private static byte[] bytes(int kind, Body body) throws IOException {
    ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    StateOutput to = new StateOutput(gathered::write);
    body.write(to);
    to.flush();
    byte[] content = gathered.toByteArray();
    ByteBuffer all = ByteBuffer.allocate(HEADER + content.length + TRAILER);
    all.put(MAGIC).putInt(kind).putInt(FORMAT).putLong(content.length);
    all.putInt(checksum(all.array(), 0, all.position()));
    all.put(content).putInt(checksum(content, 0, content.length)).put(END);
    return all.array();
  }

  /** The body of a file, checked. */
  StateInput read(Path path, int kind) throws IOException {
    byte[] bytes = bytes(path);
    String name = String.valueOf(path.getFileName());
    if (bytes.length < HEADER + TRAILER) {
      throw new DamagedException(
          "`" + name + "` has " + bytes.length + " bytes, not at least " + (HEADER + TRAILER));
    }
    ByteBuffer all = ByteBuffer.wrap(bytes);
    same(name, "header", HEADER - 4, all.getInt(HEADER - 4), checksum(bytes, 0, HEADER - 4));
    if (!starts(bytes, MAGIC, 0)) {
      throw new DamagedException(
          "`" + name + "` is no file of this kind: it does not begin with the mark at byte 0");
    }
    if (all.getInt(8) != kind) {
      throw new DamagedException(
          "`"
              + name
              + "` is no file of this kind: at byte 8 stands "
              + Integer.toHexString(all.getInt(8))
              + ", not "
              + Integer.toHexString(kind));
    }
    if (all.getInt(12) > FORMAT) {
      throw new NewerFormatException(all.getInt(12), FORMAT);
    }
    long length = all.getLong(16);
    if (length != bytes.length - HEADER - TRAILER) {
      throw new DamagedException(
          "`" + name + "` has " + bytes.length + " bytes, not " + (length + HEADER + TRAILER));
    }
    int body = (int) length;
    same(name, "body", HEADER + body, all.getInt(HEADER + body), checksum(bytes, HEADER, body));
    if (!starts(bytes, END, HEADER + body + 4)) {
      throw new DamagedException(
          "the end mark of `"
              + name
              + "`, at byte "
              + (HEADER + body + 4)
              + ", is "
              + Long.toHexString(all.getLong(HEADER + body + 4))
              + ", not "
              + Long.toHexString(ByteBuffer.wrap(END).getLong()));
    }
    return StateInput.of(java.util.Arrays.copyOfRange(bytes, HEADER, HEADER + body));
  }

  private byte[] bytes(Path path) throws IOException {
    try (Disk.Reading reading = disk.read(path)) {
      byte[] bytes = new byte[Math.toIntExact(reading.length())];
      int at = 0;
      while (at < bytes.length) {
        int count = reading.read(at, bytes, at, bytes.length - at);
        if (count < 0) {
          throw new DamagedException(
              "`" + path.getFileName() + "` ends at byte " + at + ", not " + bytes.length);
        }
        at += count;
      }
      return bytes;
    }
  }

  private static void same(String name, String part, int at, int expected, int actual)
      throws DamagedException {
    if (expected != actual) {
      throw new DamagedException(
          "the checksum of the "
              + part
              + " of `"
              + name
              + "`, at byte "
              + at
              + ", is "
              + Integer.toHexString(expected)
              + ", but its bytes give "
              + Integer.toHexString(actual));
    }
  }

  private static boolean starts(byte[] bytes, byte[] with, int at) {
    return java.util.Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
  }

  private static int checksum(byte[] bytes, int offset, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, count);
    return (int) crc.getValue();
  }
}
