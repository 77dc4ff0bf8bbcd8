package io.penstock.api.format;

import io.penstock.api.data.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a format without data.
 *
 * @param decodes whether it can be read
 * @param encodes whether it can be written
 * @param splittable whether a file may be cut at record ends into blocks that are decoded on their
 *     own
 * @param appendable whether writing more at the end of written bytes gives a longer file of the
 *     format
 * @param ownSchema the schema that the format gives to rows where the pipeline declares none;
 *     empty: an open record
 * @param needsSchema whether rows to be written must have a closed schema (open rows are taken only
 *     straight from a source of the same kind)
 * @param header whether the first record of each file names the fields
 * @param changes what tells rows apart, where each record says what it does to a table: decoded
 *     rows have operations then, and an encoder takes rows that have them; empty: records are rows
 *     that stay
 */
public record FormatTraits(
    boolean decodes,
    boolean encodes,
    boolean splittable,
    boolean appendable,
    Optional<Schema> ownSchema,
    boolean needsSchema,
    boolean header,
    Optional<Key> changes) {
  /**
   * The fields that tell the rows of a table apart.
   *
   * @param fields empty where the format does not know
   * @param alone whether a decoded row that goes has these fields only, and that of an update may
   *     be missing: then the last row of each key is to be remembered behind the decoder
   */
  public record Key(List<String> fields, boolean alone) {
    public Key {
      fields = List.copyOf(fields);
    }

    /** Of rows that are whole when they go. */
    public Key(List<String> fields) {
      this(fields, false);
    }
  }

  /** Traits of a format whose records are rows that stay. */
  public FormatTraits(
      boolean decodes,
      boolean encodes,
      boolean splittable,
      boolean appendable,
      Optional<Schema> ownSchema,
      boolean needsSchema,
      boolean header) {
    this(
        decodes, encodes, splittable, appendable, ownSchema, needsSchema, header, Optional.empty());
  }

  /** The same format with records that say what they do to a table. */
  public FormatTraits withChanges(Key key) {
    return new FormatTraits(
        decodes, encodes, splittable, appendable, ownSchema, needsSchema, header, Optional.of(key));
  }
}
