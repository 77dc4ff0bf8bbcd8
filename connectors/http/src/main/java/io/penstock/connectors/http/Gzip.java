package io.penstock.connectors.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks no more than is wanted. */
final class Gzip {
  private Gzip() {}

  /** The first bytes; damage is an exception. */
  static byte[] unpacked(byte[] packed, int most) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(most);
    }
  }
}
