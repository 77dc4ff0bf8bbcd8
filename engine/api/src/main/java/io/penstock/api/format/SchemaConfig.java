package io.penstock.api.format;

import io.penstock.api.data.Schema;
import io.penstock.api.option.Config;

/**
 * A bound file that says in a language of its own which fields records have ({@code schema: { avro:
 * order.avsc }}). What the file cannot be is reported by {@link #check}, with the place in it.
 */
public interface SchemaConfig extends Config {
  /** The fields of its records; asked for only where {@link #check} has found no mistake. */
  Schema fields();
}
