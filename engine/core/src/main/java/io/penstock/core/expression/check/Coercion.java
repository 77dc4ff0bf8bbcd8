package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.SchemaTypes;
import io.penstock.core.expression.typed.Typed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conversions that need not be asked for: int to decimal and double, a literal to the other
 * side's type, json to any type (checked). Nothing else.
 */
final class Coercion {
  private Coercion() {}

  /** The value as this type; empty where that needs a cast. Whether it may be null stays. */
  static Optional<Typed> to(DataType wanted, Typed value) {
    DataType from = value.type().type();
    if (Checking.isNull(value)) {
      return Optional.of(nullOf(wanted, value));
    }
    if (from.equals(wanted) || value instanceof Typed.Broken) {
      return Optional.of(value);
    }
    if (value instanceof Typed.Invoke invoke && Checking.isNever(value)) {
      return Optional.of(
          new Typed.Invoke(
              ValueType.required(wanted), invoke.function(), invoke.arguments(), invoke.at()));
    }
    if (value instanceof Typed.Constant constant) {
      Optional<Typed> adapted = literal(wanted, constant);
      if (adapted.isPresent()) {
        return adapted;
      }
    }
    if (value instanceof Typed.ListMaking list && wanted instanceof DataType.ListOf target) {
      return elements(target, list);
    }
    if (value instanceof Typed.RecordMaking record && wanted instanceof DataType.MapOf map) {
      return entries(map, record);
    }
    if (value instanceof Typed.RecordMaking record && wanted instanceof DataType.RecordOf target) {
      return fields(target, record);
    }
    return converts(from, wanted) ? Optional.of(convert(wanted, value)) : Optional.empty();
  }

  static Typed convert(DataType wanted, Typed value) {
    return new Typed.Convert(new ValueType(wanted, value.type().optional()), value, value.at());
  }

  /** A null of a type. */
  static Typed nullOf(DataType type, Typed written) {
    return new Typed.Constant(
        ValueType.optional(type), Optional.empty(), true, false, written.at());
  }

  private static boolean converts(DataType from, DataType to) {
    if (from.equals(DataType.JSON)) {
      return true;
    }
    if (from.equals(DataType.INT)) {
      return to.equals(DataType.DOUBLE) || to instanceof DataType.Decimal;
    }
    if (from instanceof DataType.Decimal narrow && to instanceof DataType.Decimal wide) {
      return narrow.scale() <= wide.scale()
          && narrow.precision() - narrow.scale() <= wide.precision() - wide.scale();
    }
    if (from instanceof DataType.ListOf left && to instanceof DataType.ListOf right) {
      return convertsPart(left.element(), right.element());
    }
    if (from instanceof DataType.MapOf left && to instanceof DataType.MapOf right) {
      return convertsPart(left.value(), right.value());
    }
    if (from instanceof DataType.RecordOf left && to instanceof DataType.RecordOf right) {
      return left.schema().names().equals(right.schema().names())
          && left.schema().open() == right.schema().open()
          && java.util.stream.IntStream.range(0, left.schema().columns())
              .allMatch(i -> convertsPart(left.schema().column(i), right.schema().column(i)));
    }
    return from.equals(to);
  }

  private static boolean convertsPart(ValueType from, ValueType to) {
    return (to.optional() || !from.optional() || from.type().equals(DataType.JSON))
        && (from.type().equals(to.type()) || converts(from.type(), to.type()));
  }

  private static Optional<Typed> literal(DataType wanted, Typed.Constant constant) {
    Object value = constant.value().orElse(null);
    if (value == null || !(constant.literal() || value instanceof Long || value instanceof List)) {
      return Optional.empty();
    }
    Object adapted = adapted(constant.type().type(), value, wanted, constant.literal());
    if (adapted == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Typed.Constant(
            ValueType.required(wanted),
            Optional.of(adapted),
            constant.literal(),
            constant.secret(),
            constant.at()));
  }

  private static @org.jspecify.annotations.Nullable Object adapted(
      DataType from, Object value, DataType wanted, boolean literal) {
    if (value instanceof Long number && from.equals(DataType.INT)) {
      return adaptedNumber(BigDecimal.valueOf(number), wanted);
    }
    if (value instanceof BigDecimal number && literal) {
      return adaptedNumber(number, wanted);
    }
    boolean time =
        wanted.equals(DataType.TIMESTAMP)
            || wanted.equals(DataType.DATE)
            || wanted.equals(DataType.DURATION);
    if (value instanceof String text && literal && time) {
      try {
        return Conversions.fromText(text, wanted);
      } catch (EvaluationException none) {
        return null;
      }
    }
    if (value instanceof List<?> list
        && from instanceof DataType.ListOf source
        && wanted instanceof DataType.ListOf target) {
      return adaptedList(list, source, target, literal);
    }
    return null;
  }

  private static @org.jspecify.annotations.Nullable Object adaptedList(
      List<?> list, DataType.ListOf from, DataType.ListOf wanted, boolean literal) {
    List<Object> values = new ArrayList<>();
    for (Object element : list) {
      DataType type = from.element().type();
      if (element == null) {
        if (!wanted.element().optional()) {
          return null;
        }
        values.add(null);
        continue;
      }
      Object one =
          type.equals(wanted.element().type())
              ? element
              : adapted(type, element, wanted.element().type(), literal);
      if (one == null) {
        return null;
      }
      values.add(one);
    }
    return values;
  }

  private static @org.jspecify.annotations.Nullable Object adaptedNumber(
      BigDecimal number, DataType wanted) {
    if (wanted.equals(DataType.DOUBLE)) {
      return number.doubleValue();
    }
    if (wanted instanceof DataType.Decimal decimal) {
      try {
        BigDecimal scaled = number.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        return scaled.precision() <= decimal.precision() || scaled.signum() == 0 ? scaled : null;
      } catch (ArithmeticException places) {
        return null;
      }
    }
    return null;
  }

  private static Optional<Typed> elements(DataType.ListOf wanted, Typed.ListMaking list) {
    List<Typed> elements = new ArrayList<>();
    for (Typed element : list.elements()) {
      Optional<Typed> one = part(wanted.element(), element);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      elements.add(one.get());
    }
    return Optional.of(new Typed.ListMaking(ValueType.required(wanted), elements, list.at()));
  }

  private static Optional<Typed> part(ValueType wanted, Typed value) {
    if (value.type().optional() && !wanted.optional() && !Checking.isJson(value)) {
      return Optional.empty();
    }
    Optional<Typed> converted =
        wanted.type().equals(DataType.JSON) && !Checking.isJson(value)
            ? Optional.of(convert(DataType.JSON, value))
            : to(wanted.type(), value);
    return converted.map(v -> required(wanted, v));
  }

  /** A json value that may be null, where null may not be: checked with the kind. */
  static Typed required(ValueType wanted, Typed value) {
    if (value instanceof Typed.Convert convert
        && Checking.isJson(convert.value())
        && value.type().optional()
        && !wanted.optional()) {
      return new Typed.Convert(wanted, convert.value(), value.at());
    }
    return value;
  }

  private static Optional<Typed> entries(DataType.MapOf wanted, Typed.RecordMaking record) {
    List<Typed> entries = new ArrayList<>();
    List<Field> fields = ((DataType.RecordOf) record.type().type()).schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      Optional<Typed> value = part(wanted.value(), record.values().get(i));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      entries.add(
          new Typed.Constant(
              ValueType.required(DataType.STRING),
              Optional.of(fields.get(i).name()),
              true,
              false,
              record.at()));
      entries.add(value.get());
    }
    return Optional.of(new Typed.MapMaking(ValueType.required(wanted), entries, record.at()));
  }

  private static Optional<Typed> fields(DataType.RecordOf wanted, Typed.RecordMaking record) {
    List<Field> fields = ((DataType.RecordOf) record.type().type()).schema().fields();
    if (wanted.schema().open()
        || !wanted.schema().names().equals(fields.stream().map(Field::name).toList())) {
      return Optional.empty();
    }
    List<Typed> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Optional<Typed> value = part(wanted.schema().fields().get(i).type(), record.values().get(i));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(new Typed.RecordMaking(ValueType.required(wanted), values, record.at()));
  }

  /** The type that all these values take on; empty where a cast is needed. */
  static Optional<DataType> common(List<Typed> values) {
    Typed.Constant sample = null;
    DataType fixed = null;
    DataType literals = null;
    for (Typed value : decimalsFirst(values)) {
      if (Checking.isNull(value) || Checking.isNever(value) || value instanceof Typed.Broken) {
        continue;
      }
      DataType type = value.type().type();
      if (value instanceof Typed.Constant constant && constant.literal()) {
        sample = constant;
        Optional<DataType> wider =
            literals == null ? Optional.of(type) : widestLiteral(literals, type, constant);
        if (wider.isEmpty()) {
          return Optional.empty();
        }
        literals = wider.get();
      } else {
        Optional<DataType> wider =
            fixed == null ? Optional.of(type) : SchemaTypes.widest(fixed, type);
        if (wider.isEmpty()) {
          return Optional.empty();
        }
        fixed = wider.get();
      }
    }
    if (fixed == null) {
      return Optional.of(literals == null ? DataType.JSON : literals);
    }
    return sample == null ? Optional.of(fixed) : withLiterals(fixed, values);
  }

  private static Optional<DataType> widestLiteral(
      DataType one, DataType other, Typed.Constant constant) {
    if (one instanceof DataType.Decimal && other.equals(DataType.DOUBLE)
        || other instanceof DataType.Decimal && one.equals(DataType.DOUBLE)) {
      return Optional.of(DataType.DOUBLE);
    }
    if (one instanceof DataType.Decimal decimal && other.equals(DataType.INT)) {
      return Optional.of(SchemaTypes.widest(decimal, TypeChecker.decimalOf(constant)));
    }
    return SchemaTypes.widest(one, other);
  }

  /** Literals in an order that tells their digits: decimals before ints. */
  private static List<Typed> decimalsFirst(List<Typed> values) {
    List<Typed> sorted = new ArrayList<>(values);
    sorted.sort(java.util.Comparator.comparing(v -> !Checking.isDecimal(v)));
    return sorted;
  }

  private static Optional<DataType> withLiterals(DataType fixed, List<Typed> values) {
    DataType all = fixed;
    for (Typed value : values) {
      boolean literal = Checking.isLiteral(value) && !Checking.isNull(value);
      if (!literal || all.equals(DataType.JSON) || to(all, value).isPresent()) {
        continue;
      }
      Optional<DataType> wider = SchemaTypes.widest(all, value.type().type());
      if (wider.isEmpty()) {
        return Optional.empty();
      }
      all = wider.get();
    }
    return Optional.of(all);
  }

  /** The value as a common type, json taking in any. */
  static Typed as(DataType common, Typed value) {
    boolean other = !Checking.isNull(value) && !Checking.isNever(value) && !Checking.isJson(value);
    if (common.equals(DataType.JSON) && other) {
      return value instanceof Typed.Broken ? value : convert(DataType.JSON, value);
    }
    return to(common, value).orElseGet(() -> convert(common, value));
  }

  static boolean anyOptional(List<Typed> values) {
    return values.stream().anyMatch(v -> v.type().optional() && !Checking.isNever(v));
  }

  /** Which function casts to a type. */
  static String cast(DataType type) {
    return type instanceof DataType.Decimal
        ? "to_decimal"
        : type instanceof DataType.Simple ? "to_" + type : "cast";
  }
}
