package io.penstock.core.logical;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows that leave by the output {@code late}: one for each window that a row has missed. */
public final class LateRows {
  /** How much later than the row's time the watermark of its partition was. */
  public static final String BY = "late_by";

  /** Where the missed window begins. */
  public static final String START = "window_start";

  /** Where the missed window ends. */
  public static final String END = "window_end";

  private LateRows() {}

  /**
   * The rows as they came in, with how late they are; these fields take the place of those with
   * their names.
   *
   * @param windows whether the step has windows
   */
  public static Schema of(Schema input, boolean windows) {
    Set<String> own = windows ? Set.of(BY, START, END) : Set.of(BY);
    List<Field> fields = new ArrayList<>(input.fields());
    fields.removeIf(field -> own.contains(field.name()));
    fields.add(Field.of(BY, DataType.DURATION));
    if (windows) {
      fields.add(Field.of(START, DataType.TIMESTAMP));
      fields.add(Field.of(END, DataType.TIMESTAMP));
    }
    return new Schema(fields, input.open());
  }

  /**
   * The late rows of a step with one input, or of both inputs of a join: these have the fields of
   * either, each null in rows of the other. A field of the second input that has the name of one of
   * the first, but another type, is renamed.
   */
  public static Schema of(List<Schema> inputs, boolean windows) {
    if (inputs.size() == 1) {
      return of(inputs.get(0), windows);
    }
    Schema left = inputs.get(0);
    Set<String> renamed = renamed(inputs);
    List<Field> fields = new ArrayList<>();
    left.fields().forEach(field -> fields.add(optional(field.name(), field)));
    for (Field field : inputs.get(1).fields()) {
      if (renamed.contains(field.name())) {
        fields.add(optional(renamed(field.name()), field));
      } else if (left.indexOf(field.name()) < 0) {
        fields.add(optional(field.name(), field));
      }
    }
    return of(new Schema(fields, left.open() || inputs.get(1).open()), windows);
  }

  private static Field optional(String name, Field field) {
    return new Field(name, field.type().asOptional());
  }

  /** The fields of the second input that are renamed. */
  public static Set<String> renamed(List<Schema> inputs) {
    Set<String> names = new HashSet<>();
    for (Field field : inputs.get(1).fields()) {
      inputs
          .get(0)
          .field(field.name())
          .filter(own -> !own.type().type().equals(field.type().type()))
          .ifPresent(own -> names.add(field.name()));
    }
    return names;
  }

  /** The name of a renamed field. */
  public static String renamed(String name) {
    return "right_" + name;
  }
}
