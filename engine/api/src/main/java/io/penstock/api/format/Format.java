package io.penstock.api.format;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import java.util.Optional;
import java.util.Set;

/** Bytes to rows and back. Immutable, thread-safe. */
public interface Format {
  FormatTraits traits();

  /**
   * Where a stream of bytes may be cut into blocks. Made once per file, used by the reading thread
   * only.
   *
   * @param maxRecord the most bytes that a record may have
   */
  Splitter splitter(int maxRecord);

  /**
   * Finds the parts of a file whose bytes can be read at any place; empty where the format's files
   * are read from their front to their end. A decoder takes both a part and a whole file.
   */
  default Optional<FileParts.Finder> parts(Decoding decoding) {
    return Optional.empty();
  }

  /** A decoder; each task has its own, used by one thread at a time. */
  Decoder decoder(Decoding decoding);

  /** An encoder for rows of this schema; used by one thread at a time. */
  Encoder encoder(Schema rows);

  /**
   * What is to be decoded.
   *
   * @param schema the declared schema, or the format's own, or an open one
   * @param used the fields that the plan reads; the others are checked but may be left empty (null
   *     or zero) in the columns
   * @param usesAll whether every field is used, whatever {@code used} says
   * @param unknownFields what happens to fields that the schema does not name
   * @param types how texts become values where the schema gives a pattern (timestamps, dates)
   * @param maxRecord the most bytes that a record may have
   */
  record Decoding(
      Schema schema,
      Set<FieldPath> used,
      boolean usesAll,
      UnknownFields unknownFields,
      TextTypes types,
      int maxRecord) {
    /** All fields of this schema, RFC 3339 times, unknown fields dropped. */
    public static Decoding of(Schema schema) {
      return new Decoding(
          schema, Set.of(), true, UnknownFields.DROP, TextTypes.standard(), 16 << 20);
    }

    /** Whether a top-level field is used. */
    public boolean uses(String field) {
      return usesAll || used.stream().anyMatch(path -> path.first().equals(field));
    }
  }

  /** What happens to fields that the schema does not name. */
  enum UnknownFields {
    DROP,
    KEEP,
    FAIL
  }
}
