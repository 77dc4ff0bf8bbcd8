package io.penstock.connectors.standard.compression;

import io.penstock.api.system.Disk;
import java.io.IOException;
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

  /** The end of file names that says this compression; empty for none. */
  public String suffix() {
    return suffix;
  }

  /** The unpacked bytes of a file, which is closed with them. */
  public ByteInput open(Disk.Reading file) throws IOException {
    ByteInput packed = new PlainInput(file, 0);
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new GzipInput(packed);
      case ZSTD -> new ZstdInput(packed);
    };
  }

  /** The bytes of a file that is not compressed, from a place in it on. */
  public static ByteInput plain(Disk.Reading file, long from) {
    return new PlainInput(file, from);
  }

  /** Packs what is written. */
  public ByteOutput pack(ByteOutput to) throws IOException {
    return switch (this) {
      case NONE -> to;
      case GZIP -> PackedOutput.gzip(to);
      case ZSTD -> PackedOutput.zstd(to);
    };
  }
}
