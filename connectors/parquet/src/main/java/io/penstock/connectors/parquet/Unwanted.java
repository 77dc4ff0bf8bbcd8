package io.penstock.connectors.parquet;

import io.penstock.api.data.Field;
import io.penstock.api.format.Format;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Tells by the statistics of a group whether it has a row that anybody wants. A group is left out
 * only where none of its values can be an error, since errors of rows that nobody wants are told
 * too.
 */
record Unwanted(Format.Decoding decoding, MessageType file) {
  /** Whether the group can be left out. */
  boolean is(BlockMetaData group) {
    return decoding.within().stream().anyMatch(range -> lacks(group, range))
        && decoding.schema().fields().stream().allMatch(field -> isSound(group, field));
  }

  /** Whether no value of the field lies within the range. */
  private boolean lacks(BlockMetaData group, Format.Within range) {
    Optional<ColumnChunkMetaData> column = column(group, range.field());
    if (column.isEmpty()) {
      return false;
    }
    Statistics<?> about = column.get().getStatistics();
    if (about == null || about.isEmpty()) {
      return false;
    }
    PrimitiveType type = column.get().getPrimitiveType();
    if (!about.hasNonNullValue()) {
      return about.isNumNullsSet() && about.getNumNulls() == column.get().getValueCount();
    }
    OptionalLong least = OptionalLong.empty();
    OptionalLong greatest = OptionalLong.empty();
    if (about instanceof LongStatistics longs) {
      least = Scalars.ordered(type, longs.getMin());
      greatest = Scalars.ordered(type, longs.getMax());
    } else if (about instanceof IntStatistics ints) {
      least = Scalars.ordered(type, ints.getMin());
      greatest = Scalars.ordered(type, ints.getMax());
    }
    return least.isPresent()
        && greatest.isPresent()
        && (least.getAsLong() > range.most() || greatest.getAsLong() < range.least());
  }

  /** Whether each value of the field is one of its type. */
  private boolean isSound(BlockMetaData group, Field field) {
    if (!file.containsField(field.name())) {
      return field.type().optional();
    }
    Type type = file.getType(field.name());
    return type.isPrimitive()
        && Scalars.isTotal(type.asPrimitiveType(), field.type().type())
        && (field.type().optional()
            || type.isRepetition(Type.Repetition.REQUIRED)
            || hasNoNulls(group, field.name()));
  }

  private static boolean hasNoNulls(BlockMetaData group, String field) {
    return column(group, field)
        .map(ColumnChunkMetaData::getStatistics)
        .filter(about -> about != null && about.isNumNullsSet() && about.getNumNulls() == 0)
        .isPresent();
  }

  private static Optional<ColumnChunkMetaData> column(BlockMetaData group, String field) {
    ColumnPath path = ColumnPath.get(field);
    return group.getColumns().stream().filter(column -> column.getPath().equals(path)).findFirst();
  }
}
