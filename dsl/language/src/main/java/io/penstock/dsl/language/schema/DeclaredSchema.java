package io.penstock.dsl.language.schema;

import io.penstock.api.data.Schema;
import io.penstock.api.format.TextTypes;
import java.util.Set;

/**
 * The fields of a record as declared.
 *
 * @param types how times are written
 * @param doubtful fields whose type could not be read, which is reported
 */
public record DeclaredSchema(Schema schema, TextTypes types, Set<String> doubtful) {
  public DeclaredSchema {
    doubtful = Set.copyOf(doubtful);
  }
}
