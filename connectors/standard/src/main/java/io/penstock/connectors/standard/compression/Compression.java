package io.penstock.connectors.standard.compression;

import java.util.Locale;
import java.util.Optional;

/** How the bytes of a file are compressed. */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** The compression as written in the options, or else the one that the name's end says. */
  public static Compression of(Optional<Compression> written, String name) {
    return written.orElseGet(() -> named(name));
  }

  private static Compression named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Compression compression : values()) {
      if (compression != NONE && lower.endsWith(compression.suffix)) {
        return compression;
      }
    }
    return NONE;
  }

  /** The name without the end that says the compression. */
  public static String bare(String name) {
    Compression compression = named(name);
    return name.substring(0, name.length() - compression.suffix.length());
  }
}
