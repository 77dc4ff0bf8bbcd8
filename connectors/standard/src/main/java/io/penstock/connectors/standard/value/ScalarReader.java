package io.penstock.connectors.standard.value;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.format.TextTypes;
import java.util.Optional;

/**
 * Reads the text of one value into a column. Stateless, thread-safe. A text that is no value of the
 * type is refused by false, and nothing is appended; {@link #expected} then says what would be
 * right.
 */
public interface ScalarReader {
  boolean read(byte[] bytes, int from, int to, ColumnBuilder column);

  /** What a text must be, for messages: "must be a whole number". */
  String expected();

  /** The reader for a type without parts; times by their pattern where there is one. */
  static ScalarReader of(DataType type, Optional<TextTypes.TimePattern> pattern) {
    if (type instanceof DataType.Decimal decimal) {
      return new DecimalReader(decimal);
    }
    if (!(type instanceof DataType.Simple simple)) {
      throw new IllegalArgumentException(type + " has parts");
    }
    return switch (simple.kind()) {
      case BOOLEAN -> new BooleanReader();
      case INT -> new IntReader();
      case DOUBLE -> new DoubleReader();
      case STRING -> new TextReader();
      case BYTES -> new Base64Reader();
      case JSON -> new JsonTextReader();
      case DURATION -> new DurationReader();
      case TIMESTAMP -> TimeReader.timestamp(pattern);
      case DATE -> TimeReader.date(pattern);
    };
  }
}
