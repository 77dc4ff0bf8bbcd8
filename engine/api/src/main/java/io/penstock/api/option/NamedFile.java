package io.penstock.api.option;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file that an option names, read when the pipeline file is. Immutable.
 *
 * <p>Two are equal where their paths and their bytes are.
 */
public final class NamedFile {
  private final String path;
  private final byte[] bytes;

  /**
   * A file.
   *
   * @param path as written
   */
  public NamedFile(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes.clone();
  }

  /** The path as written. */
  public String path() {
    return path;
  }

  /** A copy of what is in the file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** A number that tells whether the content has changed: CRC-32C in hexadecimal digits. */
  public String checksum() {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return Long.toHexString(sum.getValue());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NamedFile that
        && path.equals(that.path)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return path.hashCode() * 31 + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return path;
  }
}
