package io.penstock.api.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields of a row, in order. An <em>open</em> schema has one more column, the last one, of type
 * json: the record as it came, without the fields that a step has set, renamed or removed. A name
 * that is no field is then a path into that rest.
 *
 * @param fields the named fields, names unique
 * @param open whether a batch of this schema has the rest as one more, last column
 */
public record Schema(List<Field> fields, boolean open) {
  public Schema {
    fields = List.copyOf(fields);
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("field twice: " + field.name());
      }
    }
  }

  /** A closed schema. */
  public static Schema of(Field... fields) {
    return new Schema(List.of(fields), false);
  }

  /** A closed schema. */
  public static Schema of(List<Field> fields) {
    return new Schema(fields, false);
  }

  /** The schema of records without a schema: the rest alone. */
  public static Schema anything() {
    return new Schema(List.of(), true);
  }

  /** How many columns a batch of this schema has: the fields, then the rest where it is open. */
  public int columns() {
    return fields.size() + (open ? 1 : 0);
  }

  /** The index of the rest's column; only for an open schema. */
  public int rest() {
    if (!open) {
      throw new IllegalStateException("closed schema");
    }
    return fields.size();
  }

  /** The type of a column, the rest among them. */
  public ValueType column(int index) {
    return index < fields.size() ? fields.get(index).type() : ValueType.required(DataType.JSON);
  }

  /** The index of a field, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The field of a name. */
  public Optional<Field> field(String name) {
    int index = indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(fields.get(index));
  }

  /** The names of the fields, in order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  @Override
  public String toString() {
    String inside = fields.stream().map(Field::toString).collect(Collectors.joining(", "));
    if (!open) {
      return inside.isEmpty() ? "{ }" : "{ " + inside + " }";
    }
    return inside.isEmpty() ? "{ ... }" : "{ " + inside + ", ... }";
  }
}
