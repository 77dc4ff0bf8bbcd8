package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which newer writers lay values down, of columns with nulls and without. */
final class EncodingsTest {
  private static final int ROWS = 5000;
  private static final int NULL_EACH = 7;

  @TempDir Path folder;

  /** The encodings of each column of a file, as DuckDB reads its footer. */
  private static List<List<String>> encodings(Path file) {
    return DuckDb.asked(
        "select path_in_schema, string_agg(distinct encodings, ',') from parquet_metadata('"
            + file
            + "') group by 1 order by 1");
  }

  private static byte[] file(String message, boolean split, Values values) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType(message);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ParquetProperties properties =
        ParquetProperties.builder()
            .withAllocator(new HeapByteBufferAllocator())
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(false)
            .withExtendedByteStreamSplitEncoding(split)
            .withPageRowCountLimit(777)
            .build();
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
    ColumnChunkPageWriteStore pages =
        new ColumnChunkPageWriteStore(
            Codec.SNAPPY.compressor(), schema, properties.getAllocator(), 64, true);
    ColumnWriteStore store = properties.newColumnWriteStore(schema, pages, pages);
    for (int row = 0; row < ROWS; row++) {
      for (ColumnDescriptor column : schema.getColumns()) {
        boolean optional = column.getMaxDefinitionLevel() > 0;
        ColumnWriter to = store.getColumnWriter(column);
        if (optional && row % NULL_EACH == 0) {
          to.writeNull(0, 0);
        } else {
          values.write(column.getPath()[0], row, to, optional ? 1 : 0);
        }
      }
      store.endRecord();
    }
    writer.startBlock(ROWS);
    store.flush();
    pages.flushToFileWriter(writer);
    writer.endBlock();
    writer.end(Map.of());
    return bytes.toByteArray();
  }

  /** Writes a column's value of a row. */
  private interface Values {
    void write(String column, int row, ColumnWriter to, int level);
  }

  private static int whole(int row) {
    return row * 7919 % 10007 - 5000;
  }

  private static void value(String column, int row, ColumnWriter to, int level) {
    switch (column) {
      case "i", "oi" -> to.write(whole(row), 0, level);
      case "l", "ol" -> to.write(whole(row) * 1_000_000_007L, 0, level);
      case "b", "ob" -> to.write(row / 100 % 2 == 0, 0, level);
      case "f", "of" -> to.write(row / 8f, 0, level);
      case "d", "od" -> to.write(row / 16d, 0, level);
      case "h", "oh" ->
          to.write(Binary.fromConstantByteArray(new byte[] {(byte) row, 1}), 0, level);
      default -> to.write(Binary.fromString("text " + row / 3), 0, level);
    }
  }

  private static String expected(String prefix, int row) {
    boolean none = !prefix.isEmpty() && row % NULL_EACH == 0;
    String[] values = {
      Integer.toString(whole(row)),
      Long.toString(whole(row) * 1_000_000_007L),
      Boolean.toString(row / 100 % 2 == 0),
      number(row / 8.0),
      number(row / 16.0),
      "\"" + java.util.Base64.getEncoder().encodeToString(new byte[] {(byte) row, 1}) + "\"",
      "\"text " + row / 3 + "\""
    };
    String[] names = {"i", "l", "b", "f", "d", "h", "t"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      text.append(",\"").append(prefix).append(names[i]).append("\":");
      text.append(none ? "null" : values[i]);
    }
    return text.toString();
  }

  private static String number(double value) {
    return Double.toString(value);
  }

  private static String columns(String repetition, String prefix) {
    StringBuilder text = new StringBuilder();
    String[][] all = {
      {"int32", "i", ""},
      {"int64", "l", ""},
      {"boolean", "b", ""},
      {"float", "f", ""},
      {"double", "d", ""},
      {"fixed_len_byte_array(2)", "h", ""},
      {"binary", "t", " (STRING)"}
    };
    for (String[] column : all) {
      text.append(repetition).append(' ').append(column[0]).append(' ');
      text.append(prefix).append(column[1]).append(column[2]).append("; ");
    }
    return text.toString();
  }

  private static List<Field> fields(String prefix) {
    return List.of(
        Field.optional(prefix + "i", DataType.INT),
        Field.optional(prefix + "l", DataType.INT),
        Field.optional(prefix + "b", DataType.BOOLEAN),
        Field.optional(prefix + "f", DataType.DOUBLE),
        Field.optional(prefix + "d", DataType.DOUBLE),
        Field.optional(prefix + "h", DataType.BYTES),
        Field.optional(prefix + "t", DataType.STRING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "false; DELTA_BINARY_PACKED; DELTA_BINARY_PACKED; DELTA_BYTE_ARRAY; PLAIN",
        "true; BYTE_STREAM_SPLIT; BYTE_STREAM_SPLIT; BYTE_STREAM_SPLIT; BYTE_STREAM_SPLIT"
      })
  void pagesOfTheSecondVersionAreRead(
      boolean split, String ofInts, String ofLongs, String ofFixed, String ofDoubles)
      throws IOException {
    String message = "message row { " + columns("required", "") + columns("optional", "o") + "}";
    Path file = folder.resolve("second.parquet");
    Files.write(file, file(message, split, EncodingsTest::value));
    List<Field> all = new java.util.ArrayList<>(fields(""));
    all.addAll(fields("o"));

    Read read = Orders.read(Schema.of(all), Files.readAllBytes(file));

    assertEquals(List.of(), read.bad());
    assertEquals(ROWS, read.rows().size());
    for (int row = 0; row < ROWS; row++) {
      String text = expected("", row) + expected("o", row);
      assertEquals("{" + text.substring(1) + "}", read.rows().get(row));
    }
    Map<String, String> found =
        encodings(file).stream()
            .collect(java.util.stream.Collectors.toMap(r -> r.get(0), r -> r.get(1)));
    for (String prefix : List.of("", "o")) {
      assertTrue(found.getOrDefault(prefix + "i", "").contains(ofInts), found::toString);
      assertTrue(found.getOrDefault(prefix + "l", "").contains(ofLongs), found::toString);
      assertTrue(found.getOrDefault(prefix + "b", "").contains("RLE"), found::toString);
      assertTrue(found.getOrDefault(prefix + "d", "").contains(ofDoubles), found::toString);
      assertTrue(found.getOrDefault(prefix + "h", "").contains(ofFixed), found::toString);
      assertTrue(
          found.getOrDefault(prefix + "t", "").contains("DELTA_BYTE_ARRAY"), found::toString);
    }
  }

  @Test
  void filesOfDuckDbWithDeltasAndSplitBytesAreRead() throws IOException {
    Path file = folder.resolve("theirs.parquet");
    Path json = folder.resolve("theirs.jsonl");
    DuckDb.asked(
        ("copy (select i * 7919 %% 100003 as n, case when i %% 9 = 0 then null else 'text ' ||"
                + " hash(i) end as t, (i * 0.37)::double as d, [i, i + 1] as l, {'a': i, 'b': ['x' ||"
                + " i]} as r, map {'k' || i: i} as m, i %% 1000 < 500 as b from range(20000) t(i))"
                + " to '%s' (format parquet, parquet_version v2, dictionary_size_limit 1)")
            .formatted(file));
    DuckDb.asked("copy (select * from '%s') to '%s' (format json)".formatted(file, json));
    Schema schema =
        Schema.of(
            DuckDb.asked("describe select * from '" + file + "'").stream()
                .map(column -> Field.optional(column.get(0), DuckType.of(column.get(1))))
                .toList());
    Read theirs = DuckDb.written(schema, json);

    Read ours = Orders.read(schema, Files.readAllBytes(file));

    assertEquals(List.of(), ours.bad());
    assertEquals(20_000, ours.rows().size());
    assertEquals(theirs.rows(), ours.rows());
    String all = encodings(file).toString();
    for (String encoding :
        List.of("DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "BYTE_STREAM_SPLIT")) {
      assertTrue(all.contains(encoding), all);
    }
  }
}
