package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.operator.KeyIndex;
import java.util.List;

/** Keys of groups. */
public enum Keys {
  /** A few texts, each many times. */
  TEXTS_413(413) {
    @Override
    Column column(int from, int count) {
      SplitMix random = new SplitMix(from);
      BytesBuilder texts = new BytesBuilder();
      for (int row = 0; row < count; row++) {
        texts.add("station-" + random.below(distinct()));
      }
      return texts.build();
    }
  },

  /** A million whole numbers far apart, each once. */
  LONGS_1M(1 << 20) {
    @Override
    Column column(int from, int count) {
      long[] numbers = new long[count];
      for (int row = 0; row < count; row++) {
        // Odd, so that it takes each number to another.
        numbers[row] = (from + row) * 0xD1342543DE82EF95L;
      }
      return new Column.Longs(count, numbers, null);
    }
  };

  private final int distinct;

  Keys(int distinct) {
    this.distinct = distinct;
  }

  /** How many different ones there are. */
  int distinct() {
    return distinct;
  }

  /** An index for such keys. */
  KeyIndex index() {
    return switch (this) {
      case TEXTS_413 -> new KeyIndex(List.of(DataType.STRING));
      case LONGS_1M -> new KeyIndex(List.of(DataType.INT));
    };
  }

  /** Rows in full batches. */
  Column[][] columns(int rows) {
    Column[][] columns = new Column[rows / Batch.MAX_ROWS][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column[] {column(i * Batch.MAX_ROWS, Batch.MAX_ROWS)};
    }
    return columns;
  }

  abstract Column column(int from, int count);
}
