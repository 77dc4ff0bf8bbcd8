package io.penstock.dsl.launcher;

import io.penstock.api.option.DataSize;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bytes the steps of a run may hold together. */
final class Memory {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([KMGT]i?B|B)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  private Memory() {}

  /**
   * The bytes.
   *
   * @param written of {@code --memory}; left out: half of the heap
   * @param heap the most that Java may use
   */
  static long bytes(Optional<String> written, long heap) {
    if (written.isEmpty()) {
      return heap / 2;
    }
    Matcher size = SIZE.matcher(written.get());
    long count = size.matches() ? Long.parseLong(size.group(1)) : 0;
    long unit = size.matches() ? UNITS.getOrDefault(size.group(2), 1L) : 1;
    if (count == 0 || count > Long.MAX_VALUE / unit) {
      throw new UsageException(
          "--memory must be such as 64MiB, 512MiB or 2GiB, not `" + written.get() + "`");
    }
    if (count * unit > heap) {
      throw new UsageException(
          "--memory must be at most Java's heap of "
              + DataSize.mebibytes(heap >> 20)
              + ", not `"
              + written.get()
              + "`: JAVA_OPTS=-Xmx2g gives more");
    }
    return count * unit;
  }
}
