package io.penstock.api.format;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import java.util.List;
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
   * @param within what the rows that anybody wants lie within; others may come all the same
   */
  record Decoding(
      Schema schema,
      Set<FieldPath> used,
      boolean usesAll,
      UnknownFields unknownFields,
      TextTypes types,
      int maxRecord,
      List<Within> within) {
    public Decoding {
      within = List.copyOf(within);
    }

    /** A decoding of which all rows are wanted. */
    public Decoding(
        Schema schema,
        Set<FieldPath> used,
        boolean usesAll,
        UnknownFields unknownFields,
        TextTypes types,
        int maxRecord) {
      this(schema, used, usesAll, unknownFields, types, maxRecord, List.of());
    }

    /** The same, where the rows that lie within all of these are wanted. */
    public Decoding within(List<Within> wanted) {
      return new Decoding(schema, used, usesAll, unknownFields, types, maxRecord, wanted);
    }

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

  /**
   * A range of a field; null lies in none.
   *
   * @param field of type int, date (days since 1970) or timestamp (microseconds since 1970)
   * @param least the least value that lies within
   * @param most the greatest value that lies within
   */
  record Within(String field, long least, long most) {
    @Override
    public String toString() {
      String from = least == Long.MIN_VALUE ? "" : least + " to ";
      return most == Long.MAX_VALUE
          ? field + " from " + least
          : field + " " + (from.isEmpty() ? "up to " : from) + most;
    }
  }

  /** What happens to fields that the schema does not name. */
  enum UnknownFields {
    DROP,
    KEEP,
    FAIL
  }
}
