package io.penstock.dsl.language.schema;

import io.penstock.api.data.Schema;
import io.penstock.dsl.language.syntax.Mapping;
import java.util.Optional;

/** The files that stand in the place of schemas: {@code { avro: order.avsc }}. Single-threaded. */
public interface SchemaFiles {
  /** Whether a map names such a file, and declares no field. */
  boolean isFile(Mapping mapping);

  /** The fields that the file declares; empty where it declares none, which is reported. */
  Optional<Schema> fields(Mapping mapping);
}
