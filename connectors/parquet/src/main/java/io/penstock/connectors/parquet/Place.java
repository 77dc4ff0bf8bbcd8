package io.penstock.connectors.parquet;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.util.function.Supplier;

/** Where the values of a field go, and whether the present record has had one. Single-threaded. */
final class Place {
  private final Supplier<ColumnBuilder> builder;
  private final ValueType type;
  private final String path;
  private final Misfits misfits;
  private boolean filled;
  private boolean gathers;

  Place(Supplier<ColumnBuilder> builder, ValueType type, String path, Misfits misfits) {
    this.builder = builder;
    this.type = type;
    this.path = path;
    this.misfits = misfits;
  }

  ValueType type() {
    return type;
  }

  String path() {
    return path;
  }

  Misfits misfits() {
    return misfits;
  }

  /** The builder, for the value of the present record. */
  ColumnBuilder fill() {
    filled = true;
    return builder.get();
  }

  /** The list of the present record, which is there however many elements it gets. */
  Supplier<ListsBuilder> gather() {
    gathers = true;
    return () -> (ListsBuilder) builder.get();
  }

  /** Notes that the value is none of its type; null stands there. */
  void refuse(ProblemCode code, String text) {
    misfits.add(code, "`" + path + "` " + text);
    filled = true;
    builder.get().addNull();
  }

  /** The record is through: one that has had no value is null. */
  void end() {
    if (gathers) {
      ((ListsBuilder) builder.get()).end();
      return;
    }
    if (!filled) {
      if (!type.optional()) {
        misfits.add(
            ProblemCode.D104,
            "`" + path + "` must be a value of type " + type.type() + ", not null");
      }
      builder.get().addNull();
    }
    filled = false;
  }
}
