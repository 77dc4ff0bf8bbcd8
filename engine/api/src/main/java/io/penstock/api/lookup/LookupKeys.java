package io.penstock.api.lookup;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import java.util.List;

/**
 * Keys to ask for, all different, without nulls.
 *
 * @param types of the parts, in the order of {@link LookupConfig#key}
 * @param parts a column for each part
 */
public record LookupKeys(int size, List<DataType> types, List<Column> parts) {
  public LookupKeys {
    types = List.copyOf(types);
    parts = List.copyOf(parts);
  }

  /** A part that is a text. */
  public String text(int part, int key) {
    return ((Column.Bytes) parts.get(part)).text(key);
  }
}
