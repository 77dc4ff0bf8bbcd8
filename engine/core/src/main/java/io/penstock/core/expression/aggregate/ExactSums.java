package io.penstock.core.expression.aggregate;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.DecimalsBuilder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sums and averages of ints and decimals, kept in 128 bits, so that whether a sum fits does not
 * depend on the order of its values.
 */
final class ExactSums implements Aggregates.Retractable {
  private static final BigInteger LIMIT = BigInteger.TEN.pow(DataType.Decimal.MAX_PRECISION);

  private final DataType value;
  private final int scale;
  private final DataType result;
  private final boolean average;
  private long[] low = new long[16];
  private long[] high = new long[16];
  private long[] counts = new long[16];
  private final Present overflown = new Present();

  ExactSums(DataType value, DataType result, boolean average) {
    this.value = value;
    this.scale = value instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    this.result = result;
    this.average = average;
  }

  @Override
  public void add(int[] groups, int count, Column[] arguments, Optional<SourceOrder> order) {
    if (arguments[0] instanceof Column.Longs longs) {
      add(groups, count, longs.values(), longs);
      return;
    }
    Column.Decimals decimals = (Column.Decimals) arguments[0];
    if (decimals.high() == null) {
      add(groups, count, decimals.low(), decimals);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (!decimals.isNull(i)) {
        room(groups[i]);
        add(groups[i], decimals.low()[i], DecimalCells.high(decimals, i));
        counts[groups[i]]++;
      }
    }
  }

  private void add(int[] groups, int count, long[] values, Column validity) {
    for (int i = 0; i < count; i++) {
      if (!validity.isNull(i)) {
        int group = groups[i];
        room(group);
        long value = values[i];
        long sum = low[group] + value;
        high[group] += (value >> 63) + (Long.compareUnsigned(sum, value) < 0 ? 1 : 0);
        low[group] = sum;
        counts[group]++;
      }
    }
  }

  @Override
  public void remove(int[] groups, int count, Column[] arguments) {
    Column values = arguments[0];
    for (int i = 0; i < count; i++) {
      if (!values.isNull(i)) {
        long word;
        long sign;
        if (values instanceof Column.Longs longs) {
          word = longs.values()[i];
          sign = word >> 63;
        } else {
          word = ((Column.Decimals) values).low()[i];
          sign = DecimalCells.high((Column.Decimals) values, i);
        }
        room(groups[i]);
        add(groups[i], -word, ~sign + (word == 0 ? 1 : 0));
        counts[groups[i]]--;
      }
    }
  }

  @Override
  public Optional<Retractable> retractable() {
    return Optional.of(new ExactSums(value, result, average));
  }

  @Override
  public Column results(int[] groups, int count) {
    ExactSums picked = new ExactSums(value, result, average);
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      picked.room(i);
      if (group < low.length) {
        picked.low[i] = low[group];
        picked.high[i] = high[group];
        picked.counts[i] = counts[group];
        if (overflown.has(group)) {
          picked.overflown.set(i);
        }
      }
    }
    return picked.results(count);
  }

  @Override
  public void merge(Aggregates other, int[] groups, int count) {
    ExactSums theirs = (ExactSums) other;
    for (int i = 0; i < Math.min(count, theirs.low.length); i++) {
      if (theirs.counts[i] > 0) {
        room(groups[i]);
        add(groups[i], theirs.low[i], theirs.high[i]);
        counts[groups[i]] += theirs.counts[i];
        if (theirs.overflown.has(i)) {
          overflown.set(groups[i]);
        }
      }
    }
  }

  @Override
  public Column results(int count) {
    if (result instanceof DataType.Decimal decimal) {
      return decimals(count, decimal);
    }
    return average ? averages(count) : sums(count);
  }

  private Column sums(int count) {
    Present present = new Present();
    for (int i = 0; i < Math.min(count, low.length); i++) {
      if (counts[i] > 0) {
        present.set(i);
        if (high[i] != low[i] >> 63 || overflown.has(i)) {
          throw new EvaluationException(
              ProblemCode.D201, "the sum `" + sum(i) + "` does not fit a whole number of 64 bits");
        }
      }
    }
    return new Column.Longs(count, Arrays.copyOf(low, count), present.validity(count));
  }

  private Column averages(int count) {
    Present present = new Present();
    double[] averages = new double[count];
    for (int i = 0; i < Math.min(count, low.length); i++) {
      if (counts[i] > 0) {
        present.set(i);
        boolean small = high[i] == low[i] >> 63 && low[i] < 1L << 53 && low[i] > -(1L << 53);
        averages[i] =
            small
                ? (double) low[i] / counts[i]
                : new BigDecimal(sum(i))
                    .divide(BigDecimal.valueOf(counts[i]), java.math.MathContext.DECIMAL128)
                    .doubleValue();
      }
    }
    return new Column.Doubles(count, averages, present.validity(count));
  }

  private Column decimals(int count, DataType.Decimal type) {
    DecimalsBuilder builder = new DecimalsBuilder();
    for (int i = 0; i < count; i++) {
      if (i >= counts.length || counts[i] == 0) {
        builder.addNull();
        continue;
      }
      BigDecimal sum = new BigDecimal(sum(i), scale);
      BigDecimal value =
          average
              ? sum.divide(BigDecimal.valueOf(counts[i]), type.scale(), RoundingMode.HALF_EVEN)
              : sum;
      if (overflown.has(i) || value.unscaledValue().abs().compareTo(LIMIT) >= 0) {
        throw new EvaluationException(
            ProblemCode.D203, "the result does not fit " + type + ": it has too many digits");
      }
      builder.add(value.unscaledValue());
    }
    return builder.build();
  }

  private BigInteger sum(int group) {
    BigInteger unsigned =
        new BigInteger(1, java.nio.ByteBuffer.allocate(8).putLong(low[group]).array());
    return BigInteger.valueOf(high[group]).shiftLeft(64).or(unsigned);
  }

  @Override
  public GroupWriter writer() {
    return (group, to) -> {
      long count = group < counts.length ? counts[group] : 0;
      to.number(count);
      if (count > 0) {
        to.number(low[group]);
        to.number(high[group]);
        to.flag(overflown.has(group));
      }
    };
  }

  @Override
  public void read(int group, StateInput from) throws IOException {
    long count = from.number();
    if (count > 0) {
      room(group);
      add(group, from.number(), from.number());
      counts[group] += count;
      if (from.flag()) {
        overflown.set(group);
      }
    }
  }

  @Override
  public long bytes() {
    return 24L * low.length + overflown.bytes();
  }

  private void add(int group, long lowWord, long highWord) {
    long sum = low[group] + lowWord;
    long carry = Long.compareUnsigned(sum, lowWord) < 0 ? 1 : 0;
    long before = high[group];
    long after = before + highWord + carry;
    // Both parts have one sign and the sum the other: it needs more than 128 bits.
    if (((before ^ after) & (highWord ^ after)) < 0) {
      overflown.set(group);
    }
    low[group] = sum;
    high[group] = after;
  }

  private void room(int group) {
    if (group >= low.length) {
      int size = Math.max(group + 1, low.length * 2);
      low = Arrays.copyOf(low, size);
      high = Arrays.copyOf(high, size);
      counts = Arrays.copyOf(counts, size);
    }
  }
}
