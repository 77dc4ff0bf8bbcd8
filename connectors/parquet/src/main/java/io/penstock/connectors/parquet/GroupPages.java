package io.penstock.connectors.parquet;

import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;

/** The columns of a group of rows, in the bytes of a file. */
record GroupPages(byte[] bytes, int from, int to, BlockMetaData about, int mostUnpacked)
    implements PageReadStore {
  @Override
  public PageReader getPageReader(ColumnDescriptor descriptor) {
    ColumnPath path = ColumnPath.get(descriptor.getPath());
    for (ColumnChunkMetaData column : about.getColumns()) {
      if (column.getPath().equals(path)) {
        return new Chunk(bytes, from, to, column, mostUnpacked);
      }
    }
    throw new BadFile(
        ProblemCode.D101, "a group of rows has no column `" + path.toDotString() + "`");
  }

  @Override
  public long getRowCount() {
    return about.getRowCount();
  }

  @Override
  public Optional<Long> getRowIndexOffset() {
    return Optional.empty();
  }
}
