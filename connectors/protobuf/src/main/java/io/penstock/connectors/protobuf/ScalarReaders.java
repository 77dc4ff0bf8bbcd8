package io.penstock.connectors.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.data.DoublesBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Times;
import io.penstock.api.format.TextTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Readers of values without parts, for each pair of types that goes together.
 *
 * @param pattern how a time is written, where the pipeline says so
 * @param path of the value, for messages
 */
record ScalarReaders(Optional<TextTypes.TimePattern> pattern, String path) {
  /** The reader; empty where the two do not go together. */
  Optional<ValueReader> of(FieldDescriptor field, DataType type) {
    return switch (field.getJavaType()) {
      case BOOLEAN ->
          when(
              type.equals(DataType.BOOLEAN),
              (value, to) -> ((BooleansBuilder) to).add((Boolean) value));
      case INT, LONG -> number(field, type);
      case FLOAT, DOUBLE ->
          when(
              type.equals(DataType.DOUBLE),
              (value, to) -> ((DoublesBuilder) to).add(Values.decimal((Number) value)));
      case STRING -> text(type);
      case BYTE_STRING ->
          when(
              type.equals(DataType.BYTES),
              (value, to) -> ((BytesBuilder) to).add(((ByteString) value).toByteArray()));
      case ENUM -> symbol(type);
      case MESSAGE -> time(field, type);
    };
  }

  private static Optional<ValueReader> when(boolean fits, ValueReader reader) {
    return fits ? Optional.of(reader) : Optional.empty();
  }

  private Optional<ValueReader> symbol(DataType type) {
    if (type.equals(DataType.INT)) {
      return Optional.of(
          (value, to) -> ((LongsBuilder) to).add(((EnumValueDescriptor) value).getNumber()));
    }
    return when(
        type.equals(DataType.STRING),
        (value, to) -> ((BytesBuilder) to).add(Values.symbol((EnumValueDescriptor) value)));
  }

  private Optional<ValueReader> time(FieldDescriptor field, DataType type) {
    WellKnown known = WellKnown.of(field);
    boolean fits =
        known == WellKnown.TIMESTAMP && type.equals(DataType.TIMESTAMP)
            || known == WellKnown.DURATION && type.equals(DataType.DURATION);
    return when(
        fits, (value, to) -> ((LongsBuilder) to).add(WellKnown.micros((Message) value, path)));
  }

  private Optional<ValueReader> number(FieldDescriptor field, DataType type) {
    if (type.equals(DataType.INT)) {
      return Optional.of((value, to) -> ((LongsBuilder) to).add(whole(field, (Number) value)));
    }
    if (type.equals(DataType.DOUBLE)) {
      return Optional.of(
          (value, to) -> ((DoublesBuilder) to).add(exact(field, (Number) value).doubleValue()));
    }
    if (type instanceof DataType.Decimal decimal) {
      return Optional.of(
          (value, to) ->
              ((DecimalsBuilder) to).add(unscaled(exact(field, (Number) value), decimal)));
    }
    boolean epoch =
        pattern.filter(TextTypes.Epoch.class::isInstance).isPresent()
            && type.equals(DataType.TIMESTAMP);
    return when(epoch, (value, to) -> ((LongsBuilder) to).add(epoch(whole(field, (Number) value))));
  }

  private long whole(FieldDescriptor field, Number value) {
    if (Values.isUnsigned64(field) && value.longValue() < 0) {
      throw BadMessage.misfit(
          path, "must be a whole number of 64 bits", Values.unsigned(value.longValue()));
    }
    return Values.whole(field, value);
  }

  private static BigInteger exact(FieldDescriptor field, Number value) {
    return Values.isUnsigned64(field)
        ? Values.unsigned(value.longValue())
        : BigInteger.valueOf(Values.whole(field, value));
  }

  private BigInteger unscaled(BigInteger value, DataType.Decimal type) {
    BigInteger unscaled = new BigDecimal(value).setScale(type.scale()).unscaledValue();
    if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
      throw BadMessage.misfit(path, "must be a " + type, value);
    }
    return unscaled;
  }

  private long epoch(long value) {
    try {
      return switch ((TextTypes.Epoch) pattern.orElseThrow()) {
        case EPOCH_S -> Math.multiplyExact(value, Times.MICROS_PER_SECOND);
        case EPOCH_MS -> Math.multiplyExact(value, 1000L);
        case EPOCH_US -> value;
        case EPOCH_NS -> Math.floorDiv(value, 1000L);
      };
    } catch (ArithmeticException outside) {
      throw BadMessage.misfit(path, "must be a time that there is", value);
    }
  }

  private Optional<ValueReader> text(DataType type) {
    if (type.equals(DataType.STRING)) {
      return Optional.of((value, to) -> ((BytesBuilder) to).add((String) value));
    }
    boolean time =
        type.equals(DataType.TIMESTAMP)
            || type.equals(DataType.DATE)
            || type.equals(DataType.DURATION);
    return when(
        time && pattern.isEmpty(),
        (value, to) -> ((LongsBuilder) to).add(written((String) value, type)));
  }

  private long written(String text, DataType type) {
    long value =
        type.equals(DataType.TIMESTAMP)
            ? Times.parseTimestamp(text)
            : type.equals(DataType.DATE) ? Times.parseDate(text) : Times.parseDuration(text);
    if (value == Times.NONE) {
      throw BadMessage.misfit(path, "must be a " + type, text);
    }
    return value;
  }
}
