package io.penstock.api.format;

import io.penstock.api.data.Schema;
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
 */
public record FormatTraits(
    boolean decodes,
    boolean encodes,
    boolean splittable,
    boolean appendable,
    Optional<Schema> ownSchema,
    boolean needsSchema,
    boolean header) {}
