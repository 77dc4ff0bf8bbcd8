package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;

/** Makes a field of the events of one kind; the others get a null. */
interface Value {
  /** Appends one value for each event. */
  void fill(EventRows rows, int kind, ColumnBuilder to);

  /** A number or a time of an event. */
  interface Whole {
    long of(EventRows rows, int row);
  }

  /** Appends the text of an event. */
  interface Text {
    void add(EventRows rows, int row, BytesBuilder to);
  }

  static Value whole(Whole whole) {
    return (rows, kind, to) -> {
      LongsBuilder longs = (LongsBuilder) to;
      for (int row = 0; row < rows.size(); row++) {
        if (rows.kind(row) == kind) {
          longs.add(whole.of(rows, row));
        } else {
          longs.addNull();
        }
      }
    };
  }

  /** A text that is made anew for each event. */
  static Value text(Text text) {
    return slice(new byte[0], text);
  }

  /**
   * A text that is a slice.
   *
   * @param of what it is a slice of
   */
  static Value slice(byte[] of, Text text) {
    return (rows, kind, to) -> {
      BytesBuilder texts = (BytesBuilder) to;
      if (texts.size() == 0) {
        texts.sharing(of);
      }
      for (int row = 0; row < rows.size(); row++) {
        if (rows.kind(row) == kind) {
          text.add(rows, row, texts);
        } else {
          texts.addNull();
        }
      }
    };
  }
}
