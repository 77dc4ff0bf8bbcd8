package io.penstock.core.expression.aggregate;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.function.Typing;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lists and texts of all values of a group. */
public final class Collections {
  private static final int MAX_TEXT_BYTES = 16 << 20;
  private static final int MAX_ELEMENTS = 1_000_000;

  private Collections() {}

  @AggregateFunction(
      signature = "(value: T) -> [T]?",
      summary =
          "The values as a list, by event time, by order where rows have none; nulls left out, null where there is no value.",
      examples = "2, null, 1 | collect(x) == [2, 1]",
      typing = ListOfValues.class,
      fails = "a list would have more than 1,000,000 elements")
  public static Aggregates collect(AggregateTypes types) {
    return new Collect(Cells.of(types.arguments().get(0).type()));
  }

  @AggregateFunction(
      signature = "(value: T) -> [T]?",
      summary =
          "The different values as a list, each where it first comes; nulls left out, null where there is no value.",
      examples = "2, 1, null, 2 | collect_distinct(x) == [2, 1]",
      typing = ListOfValues.class,
      fails = "a list would have more than 1,000,000 elements")
  public static Aggregates collectDistinct(AggregateTypes types) {
    return new CollectDistinct(new Distinct(types.arguments().get(0).type()));
  }

  @AggregateFunction(
      signature = "(value: string, separator: string) -> string?",
      summary =
          "The texts one after the other, by event time, by order where rows have none; nulls left out.",
      examples = "'a', null, 'b' | string_agg(x, ', ') == 'a, b'",
      typing = Joined.class,
      fails = "a text would be larger than 16 MiB")
  public static Aggregates stringAgg(AggregateTypes types) {
    String separator = (String) types.constants().get(1).orElse("");
    return new StringAgg(separator.getBytes(StandardCharsets.UTF_8));
  }

  private static long time(Optional<Column.Longs> times, int row) {
    return times.isPresent() ? times.get().values()[row] : 0;
  }

  private static Column lists(Elements elements, Cells values, int count) {
    int[] offsets = elements.offsets(count);
    Present present = new Present();
    for (int i = 0; i < count; i++) {
      int size = offsets[i + 1] - offsets[i];
      if (size > MAX_ELEMENTS) {
        throw new EvaluationException(
            ProblemCode.D208, "the list would have more than 1,000,000 elements");
      }
      if (size > 0) {
        present.set(i);
      }
    }
    int[] order = elements.order(offsets);
    return new Column.Lists(
        count,
        values.build(elements.size()).gather(order, order.length),
        offsets,
        present.validity(count));
  }

  /** Writes a group's elements in the order in which they came: time and value. */
  private static Aggregates.GroupWriter writer(Elements elements, Cells values) {
    ByGroup entries = elements.byGroup();
    return (group, to) -> {
      int count = entries.count(group);
      to.number(count);
      for (int i = 0; i < count; i++) {
        int element = entries.entry(group, i);
        to.number(elements.time(element));
        values.write(element, to);
      }
    };
  }

  private static final class Collect implements Aggregates {
    private final Cells values;
    private final Elements elements = new Elements();

    Collect(Cells values) {
      this.values = values;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<Column.Longs> times) {
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          values.set(elements.add(groups[i], time(times, i)), arguments[0], i);
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Collect theirs = (Collect) other;
      for (int i = 0; i < theirs.elements.size(); i++) {
        if (theirs.elements.group(i) < count) {
          int group = groups[theirs.elements.group(i)];
          values.set(elements.add(group, theirs.elements.time(i)), theirs.values, i);
        }
      }
    }

    @Override
    public Column results(int count) {
      return lists(elements, values, count);
    }

    @Override
    public GroupWriter writer() {
      return Collections.writer(elements, values);
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      for (int i = from.count(Integer.MAX_VALUE); i > 0; i--) {
        int element = elements.add(group, from.number());
        values.read(element, from);
      }
    }

    @Override
    public long bytes() {
      return elements.bytes() + values.bytes();
    }
  }

  private static final class CollectDistinct implements Aggregates {
    private final Distinct distinct;
    private final Elements elements = new Elements();

    CollectDistinct(Distinct distinct) {
      this.distinct = distinct;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<Column.Longs> times) {
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          note(distinct.add(groups[i], arguments[0], i), groups[i], time(times, i));
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      CollectDistinct theirs = (CollectDistinct) other;
      for (int i = 0; i < theirs.elements.size(); i++) {
        if (theirs.elements.group(i) < count) {
          int group = groups[theirs.elements.group(i)];
          note(distinct.add(group, theirs.distinct, i), group, theirs.elements.time(i));
        }
      }
    }

    private void note(int entry, int group, long time) {
      if (entry == elements.size()) {
        elements.add(group, time);
      } else {
        elements.earlier(entry, time);
      }
    }

    @Override
    public Column results(int count) {
      return lists(elements, distinct.values(), count);
    }

    @Override
    public GroupWriter writer() {
      return Collections.writer(elements, distinct.values());
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      for (int i = from.count(Integer.MAX_VALUE); i > 0; i--) {
        long time = from.number();
        note(distinct.read(group, from), group, time);
      }
    }

    @Override
    public long bytes() {
      return elements.bytes() + distinct.bytes();
    }
  }

  private static final class StringAgg implements Aggregates {
    private final BytesCells values = new BytesCells();
    private final Elements elements = new Elements();
    private final byte[] separator;

    StringAgg(byte[] separator) {
      this.separator = separator;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<Column.Longs> times) {
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          values.set(elements.add(groups[i], time(times, i)), arguments[0], i);
        }
      }
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      StringAgg theirs = (StringAgg) other;
      for (int i = 0; i < theirs.elements.size(); i++) {
        if (theirs.elements.group(i) < count) {
          int group = groups[theirs.elements.group(i)];
          values.set(elements.add(group, theirs.elements.time(i)), theirs.values, i);
        }
      }
    }

    @Override
    public Column results(int count) {
      int[] offsets = elements.offsets(count);
      int[] order = elements.order(offsets);
      BytesBuilder builder = new BytesBuilder();
      for (int group = 0; group < count; group++) {
        if (offsets[group] == offsets[group + 1]) {
          builder.addNull();
          continue;
        }
        long length = 0;
        for (int i = offsets[group]; i < offsets[group + 1]; i++) {
          byte[] value = values.get(order[i]);
          byte[] before = i == offsets[group] ? new byte[0] : separator;
          length += before.length + value.length;
          if (length > MAX_TEXT_BYTES) {
            throw new EvaluationException(ProblemCode.D208, "the text would be larger than 16 MiB");
          }
          builder.append(before, 0, before.length);
          builder.append(value, 0, value.length);
        }
        builder.end();
      }
      return builder.build();
    }

    @Override
    public GroupWriter writer() {
      return Collections.writer(elements, values);
    }

    @Override
    public void read(int group, StateInput from) throws IOException {
      for (int i = from.count(Integer.MAX_VALUE); i > 0; i--) {
        int element = elements.add(group, from.number());
        values.read(element, from);
      }
    }

    @Override
    public long bytes() {
      return elements.bytes() + values.bytes();
    }
  }

  /** A list of the values, none of them null. */
  public static final class ListOfValues implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      return ValueType.optional(new DataType.ListOf(arguments.type(0).asRequired()));
    }
  }

  /** The separator is a constant. */
  public static final class Joined implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      if (arguments.constant(1).isEmpty()) {
        throw new Typing.Mistake(
            1, "the separator must be the same for every row", "write it as a text, such as ', '");
      }
      return ValueType.optional(DataType.STRING);
    }
  }
}
