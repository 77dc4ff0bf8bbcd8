package io.penstock.connectors.avro;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.ProblemCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Readers of values without parts, for each pair of types that goes together. */
final class ScalarReaders {
  private final Optional<TextTypes.TimePattern> pattern;
  private final String path;

  ScalarReaders(Optional<TextTypes.TimePattern> pattern, String path) {
    this.pattern = pattern;
    this.path = path;
  }

  /** Whether each value of the schema is one of the type, so that none need be read to know. */
  static boolean isTotal(Schema schema, DataType type) {
    if (!Logical.of(schema).equals(Logical.NONE) || schema.getLogicalType() != null) {
      return false;
    }
    return switch (schema.getType()) {
      case BOOLEAN -> type.equals(DataType.BOOLEAN);
      case INT, LONG -> type.equals(DataType.INT) || type.equals(DataType.DOUBLE);
      case FLOAT, DOUBLE -> type.equals(DataType.DOUBLE);
      case BYTES, FIXED -> type.equals(DataType.BYTES);
      case NULL, STRING, ENUM, UNION, RECORD, ARRAY, MAP -> false;
    };
  }

  /** The reader; empty where the two do not go together. */
  Optional<ValueReader> of(Schema schema, Optional<Schema> wanted, DataType type) {
    return switch (schema.getType()) {
      case BOOLEAN ->
          type.equals(DataType.BOOLEAN)
              ? reader((in, to) -> ((BooleansBuilder) to).add(in.readBoolean()))
              : Optional.empty();
      case INT, LONG -> whole(schema, type);
      case FLOAT ->
          type.equals(DataType.DOUBLE)
              ? reader((in, to) -> ((DoublesBuilder) to).add(in.readFloat()))
              : Optional.empty();
      case DOUBLE ->
          type.equals(DataType.DOUBLE)
              ? reader((in, to) -> ((DoublesBuilder) to).add(in.readDouble()))
              : Optional.empty();
      case STRING -> text(schema, wanted, type);
      case BYTES, FIXED -> bytes(schema, wanted, type);
      case ENUM -> type.equals(DataType.STRING) ? symbol(schema, wanted) : Optional.empty();
      case NULL, UNION, RECORD, ARRAY, MAP -> Optional.empty();
    };
  }

  private static Optional<ValueReader> reader(ValueReader reader) {
    return Optional.of(reader);
  }

  private Optional<ValueReader> whole(Schema schema, DataType type) {
    Logical logical = Logical.of(schema);
    boolean fits =
        switch (logical) {
          case DATE -> type.equals(DataType.DATE);
          case TIME_MILLIS, TIME_MICROS -> type.equals(DataType.DURATION);
          case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
              type.equals(DataType.TIMESTAMP);
          case NONE, UUID, DURATION -> type.equals(DataType.INT);
        };
    if (fits) {
      boolean plain = logical == Logical.NONE || logical == Logical.DATE;
      return reader(
          plain
              ? (in, to) -> ((LongsBuilder) to).add(Values.whole(schema, in))
              : (in, to) ->
                  ((LongsBuilder) to)
                      .add(Values.micros(logical, Values.whole(schema, in), in, path)));
    }
    if (logical != Logical.NONE) {
      return Optional.empty();
    }
    if (type.equals(DataType.DOUBLE)) {
      return reader((in, to) -> ((DoublesBuilder) to).add((double) Values.whole(schema, in)));
    }
    if (type instanceof DataType.Decimal decimal) {
      return reader(
          (in, to) ->
              ((DecimalsBuilder) to)
                  .add(
                      Values.unscaled(
                          BigDecimal.valueOf(Values.whole(schema, in)), decimal, in, path)));
    }
    if (type.equals(DataType.TIMESTAMP) && pattern.isPresent()) {
      return pattern.get() instanceof TextTypes.Epoch epoch
          ? reader((in, to) -> ((LongsBuilder) to).add(epoch(epoch, Values.whole(schema, in), in)))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private long epoch(TextTypes.Epoch epoch, long value, Cursor in) {
    return switch (epoch) {
      case EPOCH_S -> {
        long micros = value * Times.MICROS_PER_SECOND;
        if (Math.multiplyHigh(value, Times.MICROS_PER_SECOND) != micros >> 63) {
          in.misfit(ProblemCode.D104, "`" + path + "` is no time that there is: `" + value + "` s");
        }
        yield micros;
      }
      case EPOCH_MS -> Values.micros(Logical.TIMESTAMP_MILLIS, value, in, path);
      case EPOCH_US -> value;
      case EPOCH_NS -> Values.micros(Logical.TIMESTAMP_NANOS, value, in, path);
    };
  }

  private Optional<ValueReader> text(Schema schema, Optional<Schema> wanted, DataType type) {
    if (type.equals(DataType.STRING)) {
      return reader(
          (in, to) -> {
            int from = Values.bytes(schema, in);
            boolean unused = Values.isText(in, from, path);
            ((BytesBuilder) to).add(in.bytes(), from, in.at() - from);
          });
    }
    if (type.equals(DataType.BYTES) && isOf(wanted, Schema.Type.BYTES)) {
      return reader((in, to) -> slice(schema, in, (BytesBuilder) to));
    }
    boolean time =
        type.equals(DataType.TIMESTAMP)
            || type.equals(DataType.DATE)
            || type.equals(DataType.DURATION);
    return time && pattern.isEmpty()
        ? reader((in, to) -> ((LongsBuilder) to).add(time(schema, type, in)))
        : Optional.empty();
  }

  /** A time as text, as our own JSON has it. */
  private long time(Schema schema, DataType type, Cursor in) {
    int from = Values.bytes(schema, in);
    byte[] bytes = in.bytes();
    String text = new String(bytes, from, in.at() - from, StandardCharsets.UTF_8);
    long value =
        type.equals(DataType.TIMESTAMP)
            ? Times.parseTimestamp(text)
            : type.equals(DataType.DATE) ? Times.parseDate(text) : Times.parseDuration(text);
    if (value == Times.NONE) {
      in.misfit(
          ProblemCode.D104,
          "`" + path + "` must be a " + type + ", not `" + Values.shown(text) + "`");
      return 0;
    }
    return value;
  }

  private static void slice(Schema schema, Cursor in, BytesBuilder to) {
    int from = Values.bytes(schema, in);
    to.add(in.bytes(), from, in.at() - from);
  }

  private Optional<ValueReader> bytes(Schema schema, Optional<Schema> wanted, DataType type) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
      return type instanceof DataType.Decimal decimal
          ? reader(
              (in, to) ->
                  ((DecimalsBuilder) to)
                      .add(Values.unscaled(Values.decimal(schema, in), decimal, in, path)))
          : Optional.empty();
    }
    Logical logical = Logical.of(schema);
    if (logical == Logical.UUID || logical == Logical.DURATION) {
      return type.equals(DataType.STRING)
          ? reader((in, to) -> ((BytesBuilder) to).add(Values.text(logical, schema, in)))
          : Optional.empty();
    }
    if (type.equals(DataType.BYTES)) {
      return reader((in, to) -> slice(schema, in, (BytesBuilder) to));
    }
    return type.equals(DataType.STRING) && isOf(wanted, Schema.Type.STRING)
        ? text(schema, wanted, type)
        : Optional.empty();
  }

  private static boolean isOf(Optional<Schema> schema, Schema.Type type) {
    return schema.isPresent() && schema.get().getType() == type;
  }

  /** A symbol as text; one that the wanted schema does not have is that schema's default. */
  private Optional<ValueReader> symbol(Schema schema, Optional<Schema> wanted) {
    List<byte[]> texts = new ArrayList<>();
    for (String symbol : schema.getEnumSymbols()) {
      boolean known =
          !isOf(wanted, Schema.Type.ENUM) || wanted.get().getEnumSymbols().contains(symbol);
      String text = known ? symbol : wanted.get().getEnumDefault();
      texts.add(text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8));
    }
    return reader(
        (in, to) -> {
          int index = in.readIndex(texts.size(), "the symbol");
          if (texts.get(index).length == 0) {
            in.misfit(
                ProblemCode.D104,
                "`"
                    + path
                    + "` is `"
                    + schema.getEnumSymbols().get(index)
                    + "`, a symbol that the schema does not have");
          }
          ((BytesBuilder) to).add(texts.get(index));
        });
  }
}
