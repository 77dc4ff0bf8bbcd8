package io.penstock.dsl.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory that this process has used. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String KEY = "VmHWM:";
  private static final int ENOUGH = 8192;

  private PeakMemory() {}

  /** In bytes; empty where the system does not tell. */
  static OptionalLong bytes(Shell shell) {
    try (var reading = shell.disk().read(STATUS)) {
      byte[] bytes = new byte[ENOUGH];
      int count = Math.max(0, reading.read(0, bytes, 0, ENOUGH));
      String status = new String(bytes, 0, count, StandardCharsets.US_ASCII);
      int at = status.indexOf(KEY);
      int end = status.indexOf(" kB", at);
      return at < 0 || end < 0
          ? OptionalLong.empty()
          : OptionalLong.of(
              1024 * Long.parseLong(status.substring(at + KEY.length(), end).strip()));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
