package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.Typing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An aggregate called in one place. */
final class Call {
  private final DataType type;
  private final DataType result;
  final Aggregates state;

  Call(String name, DataType... types) {
    this(name, List.of(types), noConstants(types.length));
  }

  private static List<Optional<Object>> noConstants(int count) {
    return java.util.Collections.nCopies(count, Optional.empty());
  }

  /**
   * Calls an aggregate.
   *
   * @param constants for each argument its value, where it is constant
   */
  Call(String name, List<DataType> types, List<Optional<Object>> constants) {
    AggregateDeclaration declared = AggregateFunctions.standard().named(name).orElseThrow();
    List<ValueType> arguments = types.stream().map(ValueType::optional).toList();
    this.type = types.isEmpty() ? DataType.INT : types.get(0);
    this.result = result(declared, arguments, constants).type();
    try {
      state =
          (Aggregates)
              declared
                  .method()
                  .invoke(
                      null, new AggregateTypes(arguments, constants, ValueType.optional(result)));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static ValueType result(
      AggregateDeclaration declared, List<ValueType> arguments, List<Optional<Object>> constants) {
    if (declared.about().typing() == Typing.Declared.class) {
      String text = declared.signatures().get(0).result().toString().replace("?", "");
      return ValueType.optional(
          switch (text) {
            case "int" -> DataType.INT;
            case "double" -> DataType.DOUBLE;
            case "boolean" -> DataType.BOOLEAN;
            default -> arguments.get(0).type();
          });
    }
    try {
      Typing typing = declared.about().typing().getDeclaredConstructor().newInstance();
      return typing.result(new Given(arguments, constants));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  void add(int[] groups, long @Nullable [] times, @Nullable Object... values) {
    Optional<SourceOrder> order =
        Optional.ofNullable(times)
            .map(all -> new SourceOrder(all, "made", "", new long[0], new int[0]));
    state.add(groups, values.length, new Column[] {column(type, values)}, order);
  }

  void merge(Call other, int[] groups) {
    state.merge(other.state, groups, groups.length);
  }

  List<@Nullable Object> results(int count) {
    Column column = state.results(count);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(Values.get(column, result, i));
    }
    return values;
  }

  static Column column(DataType type, @Nullable Object[] values) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (Object value : values) {
      Values.append(builder, type, value);
    }
    return builder.build();
  }

  private record Given(List<ValueType> types, List<Optional<Object>> constants)
      implements Typing.Arguments {
    @Override
    public int count() {
      return types.size();
    }

    @Override
    public ValueType type(int index) {
      return types.get(index);
    }

    @Override
    public Optional<Object> constant(int index) {
      return constants.get(index);
    }

    @Override
    public ValueType declared() {
      return types.get(0);
    }
  }
}
