package io.penstock.connectors.parquet;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Ways from the keys of maps to texts, which all keys are here: those of other kinds have the text
 * that they would have as values in JSON.
 */
final class MapKeys {
  private MapKeys() {}

  /**
   * The way; empty for fractions, whose texts are no two programs' same, for bytes, for times of
   * day, and for nanoseconds, of which two may have one text.
   */
  static Optional<Taker> of(PrimitiveType from) {
    LogicalTypeAnnotation logical = from.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return Optional.of(new DecimalKey(decimal.getScale()));
    }
    return switch (from.getPrimitiveTypeName()) {
      case BOOLEAN ->
          Optional.of(
              new Taker() {
                @Override
                public void take(boolean value, Place place) {
                  add(Boolean.toString(value), place);
                }
              });
      case INT32, INT64 -> whole(logical).map(taker -> taker);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> Scalars.of(from, DataType.STRING);
      case FLOAT, DOUBLE, INT96 -> Optional.empty();
    };
  }

  private static Optional<Scalars.WholeTaker> whole(LogicalTypeAnnotation logical) {
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return Optional.of((value, place) -> add(Times.date(value), place));
    }
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return time.getUnit() == TimeUnit.NANOS
          ? Optional.empty()
          : Optional.of(
              Scalars.scaled(time.getUnit(), (value, place) -> add(Times.timestamp(value), place)));
    }
    if (logical instanceof IntLogicalTypeAnnotation number && !number.isSigned()) {
      long bits = number.getBitWidth() == Integer.SIZE ? 0xffffffffL : -1L;
      return Optional.of((value, place) -> add(Long.toUnsignedString(value & bits), place));
    }
    return logical == null || logical instanceof IntLogicalTypeAnnotation
        ? Optional.of((value, place) -> add(Long.toString(value), place))
        : Optional.empty();
  }

  private static void add(String key, Place place) {
    ((BytesBuilder) place.fill()).add(key);
  }

  /** Decimals, with all the digits that their type has after the point. */
  private record DecimalKey(int scale) implements Taker {
    @Override
    public void take(long value, Place place) {
      add(BigDecimal.valueOf(value, scale).toPlainString(), place);
    }

    @Override
    public void take(Binary value, Place place) {
      byte[] bytes = value.getBytes();
      if (bytes.length == 0) {
        place.refuse(ProblemCode.D104, "must have numbers as keys, and one has no bytes");
      } else {
        add(new BigDecimal(new BigInteger(bytes), scale).toPlainString(), place);
      }
    }
  }
}
