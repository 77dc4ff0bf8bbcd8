package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.SchemaTypes;
import io.penstock.core.expression.function.Signature;
import io.penstock.core.expression.function.TypePattern;
import io.penstock.core.expression.function.TypePattern.Slot;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the type variables of one call of a signature stand for. Single-threaded. */
final class Bindings {
  private static final char NUMBER = '#';
  private static final char DECIMAL = '.';

  private final Map<Character, ValueType> bound = new HashMap<>();
  private final Map<Character, List<Typed>> samples = new HashMap<>();

  /** Whether an argument may go where a pattern stands; learns the variables. */
  boolean fits(Slot slot, Typed argument) {
    TypePattern pattern = slot.pattern();
    if (Checking.isNull(argument)) {
      return !(pattern instanceof TypePattern.FunctionOf);
    }
    if (pattern instanceof TypePattern.Exact exact) {
      return fitsExactly(exact.type(), argument);
    }
    if (pattern instanceof TypePattern.Any) {
      return true;
    }
    if (pattern instanceof TypePattern.Variable variable) {
      return learn(variable.name(), argument);
    }
    if (pattern instanceof TypePattern.Number) {
      return Checking.isNumber(argument) && learn(NUMBER, argument);
    }
    if (pattern instanceof TypePattern.AnyDecimal) {
      return fitsDecimal(argument);
    }
    if (argument instanceof Typed.RecordMaking record && pattern instanceof TypePattern.MapOf map) {
      return record.values().stream().allMatch(v -> fits(map.value(), v));
    }
    if (Checking.isJson(argument)) {
      return fitsJson(pattern);
    }
    return fitsType(pattern, argument.type().type());
  }

  private static boolean fitsExactly(DataType type, Typed argument) {
    if (type.equals(DataType.JSON)) {
      DataType given = argument.type().type();
      return given.equals(type)
          || !(given instanceof DataType.Simple) && !(given instanceof DataType.Decimal);
    }
    return Coercion.to(type, argument).isPresent();
  }

  private boolean fitsDecimal(Typed argument) {
    if (!Checking.isDecimal(argument) && !Checking.is(argument, DataType.INT)) {
      return false;
    }
    bound.putIfAbsent(DECIMAL, ValueType.required(TypeChecker.decimalOf(argument)));
    return true;
  }

  private boolean fitsJson(TypePattern pattern) {
    ValueType inner = ValueType.optional(DataType.JSON);
    if (pattern instanceof TypePattern.ListOf list) {
      return fitsPart(list.element(), inner);
    }
    return pattern instanceof TypePattern.MapOf map && fitsPart(map.value(), inner);
  }

  private boolean fitsType(TypePattern pattern, DataType type) {
    if (pattern instanceof TypePattern.ListOf list) {
      return type instanceof DataType.ListOf of && fitsPart(list.element(), of.element());
    }
    if (pattern instanceof TypePattern.MapOf map) {
      return type instanceof DataType.MapOf of && fitsPart(map.value(), of.value());
    }
    if (pattern instanceof TypePattern.RecordOf record) {
      return type instanceof DataType.RecordOf of && fitsFields(record, of.schema());
    }
    return pattern instanceof TypePattern.AnyRecord && type instanceof DataType.RecordOf;
  }

  private boolean fitsFields(TypePattern.RecordOf record, Schema schema) {
    List<Signature.Parameter> fields = record.fields();
    if (!schema.names().equals(fields.stream().map(Signature.Parameter::name).toList())) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!fitsPart(fields.get(i).type(), schema.column(i))) {
        return false;
      }
    }
    return true;
  }

  /** A type inside a list, a map, a record. */
  private boolean fitsPart(Slot slot, ValueType part) {
    TypePattern pattern = slot.pattern();
    DataType type = part.type();
    if (pattern instanceof TypePattern.Variable variable) {
      return bind(variable.name(), part);
    }
    if (pattern instanceof TypePattern.Number) {
      boolean number =
          type.equals(DataType.INT)
              || type.equals(DataType.DOUBLE)
              || type instanceof DataType.Decimal;
      return number && bind(NUMBER, part);
    }
    if (pattern instanceof TypePattern.AnyDecimal) {
      return type instanceof DataType.Decimal && bind(DECIMAL, part);
    }
    if (pattern instanceof TypePattern.Exact exact) {
      return exact.type().equals(type) || type.equals(DataType.JSON);
    }
    return pattern instanceof TypePattern.Any || fitsType(pattern, type);
  }

  private boolean learn(char name, Typed argument) {
    List<Typed> known = samples.computeIfAbsent(name, n -> new ArrayList<>());
    known.add(argument);
    return Coercion.common(known).isPresent();
  }

  boolean bind(char name, ValueType type) {
    ValueType known = bound.get(name);
    Optional<ValueType> wider = known == null ? Optional.of(type) : SchemaTypes.widest(known, type);
    wider.ifPresent(w -> bound.put(name, w));
    return wider.isPresent();
  }

  /** Brings parts and whole arguments of each variable together; false where that cannot be. */
  boolean settle() {
    for (Map.Entry<Character, List<Typed>> entry : samples.entrySet()) {
      Optional<DataType> common = Coercion.common(entry.getValue());
      if (common.isEmpty()) {
        return false;
      }
      ValueType known = bound.get(entry.getKey());
      if (known != null && literalsAdapt(known.type(), entry.getValue())) {
        continue;
      }
      if (!bind(entry.getKey(), ValueType.required(common.get()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean literalsAdapt(DataType known, List<Typed> values) {
    return values.stream()
        .allMatch(v -> Checking.isLiteral(v) && Coercion.to(known, v).isPresent());
  }

  boolean knows(char name) {
    return bound.containsKey(name);
  }

  /** The type that a pattern stands for; a variable that nothing tells is json. */
  ValueType type(Slot slot) {
    ValueType type = type(slot.pattern());
    return slot.optional() ? type.asOptional() : type;
  }

  private ValueType type(TypePattern pattern) {
    ValueType unknown = ValueType.optional(DataType.JSON);
    if (pattern instanceof TypePattern.Exact exact) {
      return ValueType.required(exact.type());
    }
    if (pattern instanceof TypePattern.Variable variable) {
      return bound.getOrDefault(variable.name(), unknown);
    }
    if (pattern instanceof TypePattern.Number) {
      return bound.getOrDefault(NUMBER, ValueType.required(DataType.INT)).asRequired();
    }
    if (pattern instanceof TypePattern.AnyDecimal) {
      return bound.getOrDefault(DECIMAL, ValueType.required(SchemaTypes.INT_AS_DECIMAL));
    }
    if (pattern instanceof TypePattern.ListOf list) {
      return ValueType.required(new DataType.ListOf(type(list.element())));
    }
    if (pattern instanceof TypePattern.MapOf map) {
      return ValueType.required(new DataType.MapOf(type(map.value())));
    }
    if (pattern instanceof TypePattern.RecordOf record) {
      List<Field> fields =
          record.fields().stream().map(f -> new Field(f.name(), type(f.type()))).toList();
      return ValueType.required(new DataType.RecordOf(Schema.of(fields)));
    }
    return ValueType.required(DataType.JSON);
  }
}
