package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;

/** Says of which type a record's message is, and where it begins. Single-threaded. */
interface MessageSource {
  /** A message's type, and where its bytes begin. */
  record Found(Descriptor type, int from) {}

  /** Throws {@link BadMessage} where that cannot be known. */
  Found of(byte[] bytes, int from, int to);
}
