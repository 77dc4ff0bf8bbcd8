package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.expression.Values;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The different values of each group with how often each is there, in order: what is left when the
 * least or the greatest is taken back is known. A value that is taken back more often than it came
 * is not there.
 */
final class CountedValues implements Aggregates.Retractable {
  /** A tree's node and a boxed value and count. */
  private static final int NODE = 100;

  /** What is asked for. */
  enum Result {
    LEAST,
    GREATEST,
    HOW_MANY
  }

  private final DataType type;
  private final Result result;
  private final List<TreeMap<Object, Long>> groups = new ArrayList<>();
  private long nodes;

  CountedValues(DataType type, Result result) {
    this.type = type;
    this.result = result;
  }

  private TreeMap<Object, Long> group(int group) {
    while (groups.size() <= group) {
      groups.add(new TreeMap<>((a, b) -> Values.compare(type, a, b)));
    }
    return groups.get(group);
  }

  private Object value(Column values, int row) {
    Object value = Objects.requireNonNull(Values.get(values, type, row));
    // Both zeros are one value.
    return value instanceof Double number ? (Object) (number + 0.0) : value;
  }

  private void put(TreeMap<Object, Long> values, Object value, long times) {
    int before = values.size();
    Long unused = values.merge(value, times, (a, b) -> a + b == 0 ? null : (Long) (a + b));
    nodes += values.size() - before;
  }

  @Override
  public void add(int[] to, int count, Column[] arguments, Optional<SourceOrder> order) {
    for (int i = 0; i < count; i++) {
      if (!arguments[0].isNull(i)) {
        put(group(to[i]), value(arguments[0], i), 1);
      }
    }
  }

  @Override
  public void remove(int[] from, int count, Column[] arguments) {
    for (int i = 0; i < count; i++) {
      if (!arguments[0].isNull(i)) {
        TreeMap<Object, Long> values = group(from[i]);
        Object value = value(arguments[0], i);
        if (values.containsKey(value)) {
          put(values, value, -1);
        }
      }
    }
  }

  @Override
  public void merge(Aggregates other, int[] to, int count) {
    List<TreeMap<Object, Long>> theirs = ((CountedValues) other).groups;
    for (int i = 0; i < Math.min(count, theirs.size()); i++) {
      TreeMap<Object, Long> values = group(to[i]);
      theirs.get(i).forEach((value, times) -> put(values, value, times));
    }
  }

  @Override
  public Column results(int count) {
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = i;
    }
    return results(all, count);
  }

  @Override
  public Column results(int[] of, int count) {
    ColumnBuilder builder = result == Result.HOW_MANY ? new LongsBuilder() : ColumnBuilder.of(type);
    for (int i = 0; i < count; i++) {
      TreeMap<Object, Long> values = group(of[i]);
      if (builder instanceof LongsBuilder longs && result == Result.HOW_MANY) {
        longs.add(values.size());
      } else if (values.isEmpty()) {
        builder.addNull();
      } else {
        Values.append(builder, type, result == Result.LEAST ? values.firstKey() : values.lastKey());
      }
    }
    return builder.build();
  }

  @Override
  public Optional<Retractable> retractable() {
    return Optional.of(new CountedValues(type, result));
  }

  @Override
  public GroupWriter writer() {
    return (group, to) -> {
      TreeMap<Object, Long> values = group(group);
      to.number(values.size());
      for (Map.Entry<Object, Long> entry : values.entrySet()) {
        ColumnBuilder one = ColumnBuilder.of(type);
        Values.append(one, type, entry.getKey());
        BatchCodec.write(one.build(), to);
        to.number(entry.getValue());
      }
    };
  }

  @Override
  public void read(int group, StateInput from) throws IOException {
    for (int left = from.count(Integer.MAX_VALUE); left > 0; left--) {
      Object value = value(BatchCodec.read(1, from), 0);
      put(group(group), value, from.number());
    }
  }

  @Override
  public long bytes() {
    return 64L * groups.size() + NODE * nodes;
  }
}
