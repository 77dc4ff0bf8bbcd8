package io.penstock.core.expression.aggregate;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.expression.function.Typing;
import io.penstock.core.state.DamagedException;
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
          "The values as a list, by event time and place in the source, by order where rows have no time; nulls left out, null where there is no value.",
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
          "The texts one after the other, by event time and place in the source, by order where rows have no time; nulls left out.",
      examples = "'a', null, 'b' | string_agg(x, ', ') == 'a, b'",
      typing = Joined.class,
      fails = "a text would be larger than 16 MiB")
  public static Aggregates stringAgg(AggregateTypes types) {
    String separator = (String) types.constants().get(1).orElse("");
    return new StringAgg(separator.getBytes(StandardCharsets.UTF_8));
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

  /**
   * Writes a group's elements in the order in which they came, with their turns. Where none has a
   * place its time will do; else the count is written as a number below zero.
   */
  private static Aggregates.GroupWriter writer(Elements elements, Cells values) {
    ByGroup entries = elements.byGroup();
    Turns turns = elements.turns();
    return (group, to) -> {
      int count = entries.count(group);
      boolean placed = false;
      for (int i = 0; i < count && !placed; i++) {
        placed = turns.isPlaced(entries.entry(group, i));
      }
      to.number(placed ? -count : count);
      Partitions.Names names = turns.names();
      for (int i = 0; i < count; i++) {
        int element = entries.entry(group, i);
        if (placed) {
          turns.write(element, names, to);
        } else {
          turns.writeTime(element, to);
        }
        values.write(element, to);
      }
    };
  }

  /** Takes an element of which the turn has been read; its value is next. */
  @FunctionalInterface
  private interface Taking {
    void take(Turns turns) throws IOException;
  }

  /** Reads a group's elements, each turn at 0. */
  private static void read(StateInput from, Turns turns, Taking taking) throws IOException {
    long number = from.number();
    if (number > Integer.MAX_VALUE || number < -Integer.MAX_VALUE) {
      throw new DamagedException("a count is " + number);
    }
    Partitions.Names names = turns.names();
    for (long i = Math.abs(number); i > 0; i--) {
      if (number < 0) {
        turns.read(0, names, from);
      } else {
        turns.readTime(0, from);
      }
      taking.take(turns);
    }
  }

  private static final class Collect implements Aggregates {
    private final Cells values;
    private final Elements elements = new Elements();
    private final Turns readTurns = new Turns();

    Collect(Cells values) {
      this.values = values;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      elements.turns().begin(order);
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          int element = elements.add(groups[i]);
          elements.turns().set(element, i);
          values.set(element, arguments[0], i);
        }
      }
    }

    @Override
    public boolean goesByOrder() {
      return true;
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      Collect theirs = (Collect) other;
      for (int i = 0; i < theirs.elements.size(); i++) {
        if (theirs.elements.group(i) < count) {
          int element = elements.add(groups[theirs.elements.group(i)]);
          elements.turns().set(element, theirs.elements.turns(), i);
          values.set(element, theirs.values, i);
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
      Collections.read(
          from,
          readTurns,
          turns -> {
            int element = elements.add(group);
            elements.turns().set(element, turns, 0);
            values.read(element, from);
          });
    }

    @Override
    public long bytes() {
      return elements.bytes() + values.bytes();
    }
  }

  private static final class CollectDistinct implements Aggregates {
    private final Distinct distinct;
    private final Elements elements = new Elements();
    private final Turns readTurns = new Turns();

    CollectDistinct(Distinct distinct) {
      this.distinct = distinct;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      Turns turns = elements.turns();
      turns.begin(order);
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          int entry = distinct.add(groups[i], arguments[0], i);
          boolean first = entry == elements.size();
          if (first || turns.compare(entry, i) > 0) {
            turns.set(first ? elements.add(groups[i]) : entry, i);
          }
        }
      }
    }

    @Override
    public boolean goesByOrder() {
      return true;
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      CollectDistinct theirs = (CollectDistinct) other;
      for (int i = 0; i < theirs.elements.size(); i++) {
        if (theirs.elements.group(i) < count) {
          int group = groups[theirs.elements.group(i)];
          note(distinct.add(group, theirs.distinct, i), group, theirs.elements.turns(), i);
        }
      }
    }

    private void note(int entry, int group, Turns turns, int other) {
      boolean first = entry == elements.size();
      if (first || elements.turns().compare(entry, turns, other) > 0) {
        elements.turns().set(first ? elements.add(group) : entry, turns, other);
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
      Collections.read(from, readTurns, turns -> note(distinct.read(group, from), group, turns, 0));
    }

    @Override
    public long bytes() {
      return elements.bytes() + distinct.bytes();
    }
  }

  private static final class StringAgg implements Aggregates {
    private final BytesCells values = new BytesCells();
    private final Elements elements = new Elements();
    private final Turns readTurns = new Turns();
    private final byte[] separator;

    StringAgg(byte[] separator) {
      this.separator = separator;
    }

    @Override
    public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
      elements.turns().begin(order);
      for (int i = 0; i < count; i++) {
        if (!arguments[0].isNull(i)) {
          int element = elements.add(groups[i]);
          elements.turns().set(element, i);
          values.set(element, arguments[0], i);
        }
      }
    }

    @Override
    public boolean goesByOrder() {
      return true;
    }

    @Override
    public void merge(Aggregates other, int[] groups, int count) {
      StringAgg theirs = (StringAgg) other;
      for (int i = 0; i < theirs.elements.size(); i++) {
        if (theirs.elements.group(i) < count) {
          int element = elements.add(groups[theirs.elements.group(i)]);
          elements.turns().set(element, theirs.elements.turns(), i);
          values.set(element, theirs.values, i);
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
      Collections.read(
          from,
          readTurns,
          turns -> {
            int element = elements.add(group);
            elements.turns().set(element, turns, 0);
            values.read(element, from);
          });
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
