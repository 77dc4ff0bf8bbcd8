package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types that hold the values of several: for unions, branches and type variables. */
public final class SchemaTypes {
  /** The decimal that holds every int. */
  public static final DataType.Decimal INT_AS_DECIMAL = new DataType.Decimal(19, 0);

  private SchemaTypes() {}

  /**
   * The schema of rows of several schemas brought together by name: a field missing on a side
   * becomes optional, numbers widen, json absorbs any type. Fields stand in the order of their
   * first appearance. Open where one is open.
   *
   * @return empty for a field whose types do not go together; {@link #conflict} names it
   */
  public static Optional<Schema> union(List<Schema> schemas) {
    List<Field> fields = new ArrayList<>();
    boolean open = schemas.stream().anyMatch(Schema::open);
    for (String name : namesOf(schemas)) {
      Optional<ValueType> type = fieldOf(name, schemas);
      if (type.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new Field(name, type.get()));
    }
    return Optional.of(new Schema(fields, open));
  }

  /** The first field whose types do not go together. */
  public static Optional<String> conflict(List<Schema> schemas) {
    return namesOf(schemas).stream().filter(n -> fieldOf(n, schemas).isEmpty()).findFirst();
  }

  private static List<String> namesOf(List<Schema> schemas) {
    return schemas.stream().flatMap(s -> s.names().stream()).distinct().toList();
  }

  private static Optional<ValueType> fieldOf(String name, List<Schema> schemas) {
    ValueType type = null;
    boolean missing = false;
    for (Schema schema : schemas) {
      Optional<Field> field = schema.field(name);
      ValueType here =
          field.isPresent()
              ? field.get().type()
              : schema.open() ? ValueType.optional(DataType.JSON) : null;
      missing |= here == null;
      if (here != null && type != null) {
        Optional<ValueType> wider = widest(type, here);
        if (wider.isEmpty()) {
          return Optional.empty();
        }
        type = wider.get();
      } else if (here != null) {
        type = here;
      }
    }
    if (type == null) {
      return Optional.empty();
    }
    return Optional.of(missing ? type.asOptional() : type);
  }

  /** The type that holds the values of both, null among them where one is optional. */
  public static Optional<ValueType> widest(ValueType a, ValueType b) {
    return widest(a.type(), b.type()).map(t -> new ValueType(t, a.optional() || b.optional()));
  }

  /** The type that holds the values of both: int in decimal or double, any in json. */
  public static Optional<DataType> widest(DataType a, DataType b) {
    if (a.equals(b)) {
      return Optional.of(a);
    }
    if (a.equals(DataType.JSON) || b.equals(DataType.JSON)) {
      return Optional.of(DataType.JSON);
    }
    if (a.equals(DataType.INT)) {
      return widestNumber(b);
    }
    if (b.equals(DataType.INT)) {
      return widestNumber(a);
    }
    if (a instanceof DataType.Decimal left && b instanceof DataType.Decimal right) {
      return Optional.of(widest(left, right));
    }
    if (a instanceof DataType.ListOf left && b instanceof DataType.ListOf right) {
      return widest(left.element(), right.element()).map(DataType.ListOf::new);
    }
    if (a instanceof DataType.MapOf left && b instanceof DataType.MapOf right) {
      return widest(left.value(), right.value()).map(DataType.MapOf::new);
    }
    if (a instanceof DataType.RecordOf left && b instanceof DataType.RecordOf right) {
      return union(List.of(left.schema(), right.schema())).map(DataType.RecordOf::new);
    }
    return Optional.empty();
  }

  private static Optional<DataType> widestNumber(DataType other) {
    if (other instanceof DataType.Decimal decimal) {
      return Optional.of(widest(INT_AS_DECIMAL, decimal));
    }
    return other.equals(DataType.DOUBLE) ? Optional.of(other) : Optional.empty();
  }

  /** The decimal that holds both, as far as 38 digits reach. */
  public static DataType.Decimal widest(DataType.Decimal a, DataType.Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return cut(whole + scale, scale);
  }

  /** A decimal type of this size; past 38 digits it keeps at least six places. */
  public static DataType.Decimal cut(int precision, int scale) {
    if (precision <= DataType.Decimal.MAX_PRECISION) {
      return new DataType.Decimal(Math.max(1, precision), scale);
    }
    int whole = precision - scale;
    int kept = Math.max(DataType.Decimal.MAX_PRECISION - whole, Math.min(scale, 6));
    return new DataType.Decimal(DataType.Decimal.MAX_PRECISION, kept);
  }
}
