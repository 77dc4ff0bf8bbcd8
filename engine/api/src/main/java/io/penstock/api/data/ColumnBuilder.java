package io.penstock.api.data;

/**
 * Appends values row by row. Single-threaded. After {@link #build} the builder is empty and may be
 * used again.
 */
public sealed interface ColumnBuilder
    permits BooleansBuilder,
        LongsBuilder,
        DoublesBuilder,
        DecimalsBuilder,
        BytesBuilder,
        ListsBuilder,
        MapsBuilder,
        RecordsBuilder {
  /** The builder for a type. */
  static ColumnBuilder of(DataType type) {
    if (type instanceof DataType.Simple simple) {
      return switch (simple.kind()) {
        case BOOLEAN -> new BooleansBuilder();
        case INT, TIMESTAMP, DATE, DURATION -> new LongsBuilder();
        case DOUBLE -> new DoublesBuilder();
        case STRING, BYTES, JSON -> new BytesBuilder();
      };
    }
    if (type instanceof DataType.ListOf list) {
      return new ListsBuilder(of(list.element().type()));
    }
    if (type instanceof DataType.MapOf map) {
      return new MapsBuilder(of(map.value().type()));
    }
    if (type instanceof DataType.RecordOf record) {
      return new RecordsBuilder(record.schema());
    }
    return new DecimalsBuilder();
  }

  /** How many rows there are so far. */
  int size();

  /** Appends a null: the slot holds zero or nothing. */
  void addNull();

  /** Appends so many nulls. */
  default void addNulls(int count) {
    for (int i = 0; i < count; i++) {
      addNull();
    }
  }

  /** Cuts back to this many rows, as if the later ones had never been added. */
  void truncate(int rows);

  /** The rows so far as a column; the builder starts again empty. */
  Column build();
}
