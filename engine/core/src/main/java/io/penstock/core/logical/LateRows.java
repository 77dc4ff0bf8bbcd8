package io.penstock.core.logical;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import java.util.ArrayList;
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
}
