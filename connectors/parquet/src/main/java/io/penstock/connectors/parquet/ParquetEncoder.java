package io.penstock.connectors.parquet;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Encoder;
import io.penstock.api.sink.Rejects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in groups, each column of a group in pages of its own, with a dictionary where that
 * pays.
 */
final class ParquetEncoder implements Encoder {
  private static final int MOST_ROWS = 1 << 20;
  private static final int TRUNCATED = 64;

  private final Codec codec;
  private final long rowGroup;
  private final Schema schema;
  private final MessageType inFile;
  private final ParquetProperties properties =
      ParquetProperties.builder().withAllocator(new HeapByteBufferAllocator()).build();
  private @Nullable SinkFile file;
  private @Nullable ParquetFileWriter writer;
  private @Nullable ColumnChunkPageWriteStore pages;
  private @Nullable ColumnWriteStore store;
  private List<FieldWriter> fields = List.of();
  private long inGroup;

  ParquetEncoder(Codec codec, long rowGroup, Schema schema) {
    this.codec = codec;
    this.rowGroup = rowGroup;
    this.schema = schema;
    this.inFile = FileSchema.of(schema);
  }

  @Override
  public void open(ByteSink to) throws IOException {
    SinkFile opened = new SinkFile(to);
    ParquetFileWriter made =
        new ParquetFileWriter(
            opened,
            inFile,
            ParquetFileWriter.Mode.CREATE,
            rowGroup,
            0,
            TRUNCATED,
            Integer.MAX_VALUE,
            true);
    made.start();
    file = opened;
    writer = made;
    store = null;
  }

  @Override
  public Rejects write(Batch batch, ByteSink to) throws IOException {
    there(file).to(to);
    for (int row = 0; row < batch.size(); row++) {
      ColumnWriteStore begun = store;
      ColumnWriteStore columns = begun == null ? group() : begun;
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).write(batch.column(i), row, 0);
      }
      columns.endRecord();
      inGroup++;
      if (inGroup == MOST_ROWS || columns.getBufferedSize() >= rowGroup) {
        flush();
      }
    }
    return Rejects.NONE;
  }

  private static <T> T there(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not open");
    }
    return value;
  }

  /** Begins a group of rows. */
  private ColumnWriteStore group() {
    ColumnChunkPageWriteStore made =
        new ColumnChunkPageWriteStore(
            codec.compressor(),
            inFile,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            true);
    ColumnWriteStore begun = properties.newColumnWriteStore(inFile, made, made);
    List<ColumnWriter> plain = new ArrayList<>();
    inFile.getColumns().forEach(column -> plain.add(begun.getColumnWriter(column)));
    Iterator<ColumnWriter> writers = plain.iterator();
    List<FieldWriter> byField = new ArrayList<>();
    for (Field field : schema.fields()) {
      byField.add(FieldWriter.of(field.type(), 0, 0, writers));
    }
    fields = byField;
    pages = made;
    store = begun;
    inGroup = 0;
    return begun;
  }

  private void flush() throws IOException {
    ParquetFileWriter to = there(writer);
    ColumnWriteStore columns = there(store);
    ColumnChunkPageWriteStore packed = there(pages);
    to.startBlock(inGroup);
    columns.flush();
    packed.flushToFileWriter(to);
    to.endBlock();
    columns.close();
    packed.close();
    store = null;
    pages = null;
  }

  @Override
  public void close(ByteSink to) throws IOException {
    there(file).to(to);
    if (store != null) {
      flush();
    }
    there(writer).end(Map.of());
    writer = null;
  }
}
