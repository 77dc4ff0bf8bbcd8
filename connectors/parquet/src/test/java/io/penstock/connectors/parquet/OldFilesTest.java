package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.option.DataSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Files as writers made them before there was one way. */
final class OldFilesTest {
  private static byte[] file(String message, int groups, Consumer<ColumnWriteStore> row)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType(message);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ParquetProperties properties =
        ParquetProperties.builder().withAllocator(new HeapByteBufferAllocator()).build();
    ParquetFileWriter writer =
        new ParquetFileWriter(
            new SinkFile(bytes::write),
            schema,
            ParquetFileWriter.Mode.CREATE,
            1 << 20,
            0,
            64,
            64,
            true);
    writer.start();
    for (int group = 0; group < groups; group++) {
      ColumnChunkPageWriteStore pages =
          new ColumnChunkPageWriteStore(
              Codec.ZSTD.compressor(), schema, properties.getAllocator(), 64, true);
      ColumnWriteStore store = properties.newColumnWriteStore(schema, pages, pages);
      row.accept(store);
      store.endRecord();
      writer.startBlock(1);
      store.flush();
      pages.flushToFileWriter(writer);
      writer.endBlock();
    }
    writer.end(Map.of());
    return bytes.toByteArray();
  }

  private static org.apache.parquet.column.ColumnWriter column(
      ColumnWriteStore store, String message) {
    return store.getColumnWriter(MessageTypeParser.parseMessageType(message).getColumns().get(0));
  }

  private static Read read(Schema schema, byte[] bytes) {
    Format format = new ParquetConfig(Codec.NONE, DataSize.mebibytes(1)).format();
    return Read.blocks(format, Format.Decoding.of(schema), bytes, 1 << 20, 4096);
  }

  @Test
  void timesOfTwelveBytesAreTimes() throws IOException {
    String message = "message row { required int96 t; }";
    byte[] time =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(3_723_000_004_000L)
            .putInt(2_461_072)
            .array();

    byte[] bytes =
        file(message, 1, s -> column(s, message).write(Binary.fromConstantByteArray(time), 0, 0));

    assertEquals(
        List.of("{\"t\":\"2026-01-31T01:02:03.000004Z\"}"),
        read(Schema.of(Field.of("t", DataType.TIMESTAMP)), bytes).rows());
  }

  @Test
  void listsOfTwoLevelsAreLists() throws IOException {
    String message = "message row { optional group l (LIST) { repeated int32 array; } }";
    Schema schema =
        Schema.of(Field.optional("l", new DataType.ListOf(ValueType.required(DataType.INT))));

    byte[] bytes =
        file(
            message,
            1,
            s -> {
              column(s, message).write(1, 0, 2);
              column(s, message).write(2, 1, 2);
            });

    assertEquals(List.of("{\"l\":[1,2]}"), read(schema, bytes).rows());
  }

  @Test
  void aNumberThatSixtyThreeBitsDoNotHoldIsTold() throws IOException {
    String message = "message row { required int64 n (INTEGER(64,false)); }";

    byte[] bytes = file(message, 1, s -> column(s, message).write(-1L, 0, 0));

    assertEquals(
        List.of("D104 line 1: `n` must be a number of 63 bits, not `18446744073709551615`"),
        read(Schema.of(Field.of("n", DataType.INT)), bytes).bad());
  }

  @Test
  void aPageThatUnpacksToNoEndIsRefusedAndOtherGroupsAreRead() throws IOException {
    String message = "message row { required binary b; }";
    int[] sizes = {10, 100 << 20, 5};
    int[] next = {0};
    byte[] bytes =
        file(
            message,
            3,
            s ->
                column(s, message)
                    .write(Binary.fromConstantByteArray(new byte[sizes[next[0]++]]), 0, 0));

    Read read = read(Schema.of(Field.of("b", DataType.BYTES)), bytes);

    assertTrue(bytes.length < 1 << 20, "it is packed");
    assertEquals(List.of("{\"b\":\"AAAAAAAAAAAAAA==\"}", "{\"b\":\"AAAAAAA=\"}"), read.rows());
    assertEquals(
        List.of(
            "D107 line 2: a page of the column `b` unpacks to 104857604 bytes, more than 67108864,"
                + " four times `max_record`; its row is lost"),
        read.bad());
    assertEquals(List.of(1L, 3L), read.lines());
  }
}
