package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.api.option.DataSize;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of ours read by DuckDB, and files of DuckDB's read by us. */
final class ParquetFileTest {
  private static final Schema ITEM =
      Schema.of(
          Field.of("sku", DataType.STRING),
          Field.optional("tags", new DataType.ListOf(ValueType.optional(DataType.STRING))));
  private static final Schema ROWS =
      Schema.of(
          Field.of("id", DataType.INT),
          Field.of("paid", DataType.BOOLEAN),
          Field.optional("rate", DataType.DOUBLE),
          Field.of("customer", DataType.STRING),
          Field.optional("raw", DataType.BYTES),
          Field.of("amount", new DataType.Decimal(12, 2)),
          Field.optional("wide", new DataType.Decimal(38, 4)),
          Field.of("day", DataType.DATE),
          Field.optional("at", DataType.TIMESTAMP),
          Field.of("span", DataType.DURATION),
          Field.optional("any", DataType.JSON),
          Field.optional(
              "items", new DataType.ListOf(ValueType.optional(new DataType.RecordOf(ITEM)))),
          Field.of("marks", new DataType.MapOf(ValueType.optional(DataType.INT))),
          Field.optional("main", new DataType.RecordOf(ITEM)));

  @TempDir Path folder;

  private static Format format(Codec codec) {
    return new ParquetConfig(codec, DataSize.mebibytes(1)).format();
  }

  private static String line(int i, Random random) {
    String item =
        "{\"sku\":\"s%d\",\"tags\":%s}"
            .formatted(i, pick(random, "null", "[]", "[\"a\",null]", "[\"Zoë\"]"));
    return ("{\"id\":%d,\"paid\":%b,\"rate\":%s,\"customer\":\"%s\",\"raw\":%s,\"amount\":%d.%02d,\"wide\":%s,"
                + "\"day\":\"2026-01-%02d\",\"at\":%s,\"span\":\"PT%dS\",\"any\":%s,\"items\":%s,\"marks\":%s,\"main\":%s}")
        .formatted(
            random.nextInt(5) == 0 ? random.nextLong() : i,
            random.nextBoolean(),
            pick(random, "null", random.nextInt(100) + ".5", "-0.25"),
            pick(random, "", "plain", "日本", "b" + random.nextInt(20)),
            pick(random, "null", "\"AAEC\"", "\"\""),
            random.nextInt(100_000) - 50_000,
            random.nextInt(100),
            pick(
                random,
                "null",
                "-12345678901234567890123456789012.3456",
                random.nextInt(9) + ".0001"),
            1 + random.nextInt(28),
            pick(random, "null", "\"2026-01-31T10:11:12.%06dZ\"".formatted(1 + random.nextInt(9))),
            1 + random.nextInt(50),
            pick(random, "null", "{\"a\":[1,2.5]}", "\"text\""),
            pick(random, "null", "[]", "[" + item + ",null]", "[" + item + "," + item + "]"),
            pick(random, "{}", "{\"k\":1}", "{\"k\":null,\"l\":7}"),
            pick(random, "null", item));
  }

  private static String pick(Random random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private static Read lines(int count) {
    Random random = new Random(count);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(line(i, random)).append('\n');
    }
    Format json = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
    Read read =
        Read.blocks(
            json,
            Format.Decoding.of(ROWS),
            text.toString().getBytes(StandardCharsets.UTF_8),
            1 << 20,
            4096);
    assertEquals(List.of(), read.bad());
    return read;
  }

  private static Read read(Schema schema, byte[] bytes) {
    return Read.blocks(format(Codec.NONE), Format.Decoding.of(schema), bytes, 1 << 20, 4096);
  }

  private static List<List<String>> asked(String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set TimeZone = 'UTC'");
      List<List<String>> rows = new ArrayList<>();
      if (!statement.execute(query)) {
        return rows;
      }
      try (ResultSet results = statement.getResultSet()) {
        while (results.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            row.add(String.valueOf(results.getString(i)));
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsWrittenIsReadAgain(Codec codec) {
    Read rows = lines(3000);

    byte[] file = Read.written(format(codec), ROWS, rows.batches());

    Read again = read(ROWS, file);
    assertEquals(List.of(), again.bad());
    assertEquals(rows.rows(), again.rows());
    assertEquals(3000L, again.lines().get(2999));
    Read small = Read.blocks(format(codec), Format.Decoding.of(ROWS), file, 100, 7);
    assertEquals(rows.rows(), small.rows());
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsWrittenIsReadByDuckDb(Codec codec) throws IOException {
    Read rows = lines(500);
    Path file = folder.resolve("ours.parquet");
    Files.write(file, Read.written(format(codec), ROWS, rows.batches()));
    Path json = folder.resolve("theirs.jsonl");

    asked(
        ("copy (select id, paid, rate, customer, to_base64(raw) as raw, amount, wide, day,"
             + " strftime(\"at\", '%%Y-%%m-%%dT%%H:%%M:%%S.%%fZ') as \"at\", span, \"any\", items,"
             + " to_json(marks) as marks, main from '%s') to '%s' (format json)")
            .formatted(file, json));

    Read theirs =
        Read.blocks(
            new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format(),
            Format.Decoding.of(ROWS),
            Files.readAllBytes(json),
            1 << 20,
            4096);
    assertEquals(List.of(), theirs.bad());
    for (int i = 0; i < 500; i++) {
      assertEquals(rows.rows().get(i), theirs.rows().get(i));
    }
    assertEquals(
        List.of(List.of("500", "BIGINT", "DECIMAL(12,2)", "TIMESTAMP WITH TIME ZONE", "DATE")),
        asked(
            "select count(*), typeof(any_value(id)), typeof(any_value(amount)),"
                + " typeof(any_value(\"at\")), typeof(any_value(day)) from '"
                + file
                + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uncompressed, parquet_version v1",
        "snappy, parquet_version v1",
        "gzip, parquet_version v1",
        "zstd, parquet_version v1",
        "zstd, parquet_version v2",
        "snappy, parquet_version v2"
      })
  void filesOfDuckDbAreRead(String how) throws IOException {
    Path file = folder.resolve("theirs.parquet");
    asked(
        ("copy (select i::bigint as id, (i %% 100)::tinyint as tiny, (i * 40000)::uinteger as"
             + " unsigned, i::ubigint as huge, i %% 3 = 0 as paid, i / 4.0::float as rate, i /"
             + " 8.0::double as ratio, case when i %% 5 = 0 then null else 'name ' || (i %% 50) end"
             + " as name, encode('b' || i) as raw, (i / 100.0)::decimal(9,2) as small, (i /"
             + " 1000.0)::decimal(18,3) as middle, (i::decimal(38,4) * 1000000000000000) as wide,"
             + " date '2026-01-01' + (i %% 365)::int as day, timestamp '2026-01-31 10:11:12.000123'"
             + " + interval (i) second as at, timestamptz '2026-01-31 10:11:12.5Z' as zoned,"
             + " timestamp_ms '2026-01-31 10:11:12.5' as ms, timestamp_ns '2026-01-31"
             + " 10:11:12.123456789' as ns, time '01:02:03.5' as tod, uuid"
             + " '12345678-1234-5678-1234-567812345678' as key, [i, null] as list, [[1], []::int[],"
             + " null] as nested, {'a': i, 'b': {'c': 'x'}} as rec, map {'k': i} as m, '{\"x\":"
             + " 1}'::json as doc, ('a' || i %% 2)::enum('a0','a1') as kind from range(5000) t(i))"
             + " to '%s' (format parquet, row_group_size 2048, compression %s)")
            .formatted(file, how));
    Schema schema =
        Schema.of(
            Field.of("id", DataType.INT),
            Field.optional("tiny", DataType.INT),
            Field.optional("unsigned", DataType.INT),
            Field.optional("huge", DataType.INT),
            Field.optional("paid", DataType.BOOLEAN),
            Field.optional("rate", DataType.DOUBLE),
            Field.optional("ratio", DataType.DOUBLE),
            Field.optional("name", DataType.STRING),
            Field.optional("raw", DataType.BYTES),
            Field.optional("small", new DataType.Decimal(9, 2)),
            Field.optional("middle", new DataType.Decimal(18, 3)),
            Field.optional("wide", new DataType.Decimal(38, 4)),
            Field.optional("day", DataType.DATE),
            Field.optional("at", DataType.TIMESTAMP),
            Field.optional("zoned", DataType.TIMESTAMP),
            Field.optional("ms", DataType.TIMESTAMP),
            Field.optional("ns", DataType.TIMESTAMP),
            Field.optional("tod", DataType.DURATION),
            Field.optional("key", DataType.STRING),
            Field.optional("list", new DataType.ListOf(ValueType.optional(DataType.INT))),
            Field.optional(
                "nested",
                new DataType.ListOf(
                    ValueType.optional(new DataType.ListOf(ValueType.optional(DataType.INT))))),
            Field.optional(
                "rec",
                new DataType.RecordOf(
                    Schema.of(
                        Field.optional("a", DataType.INT),
                        Field.optional(
                            "b",
                            new DataType.RecordOf(
                                Schema.of(Field.optional("c", DataType.STRING))))))),
            Field.optional("m", new DataType.MapOf(ValueType.optional(DataType.INT))),
            Field.optional("doc", DataType.JSON),
            Field.optional("kind", DataType.STRING));

    Read read = read(schema, Files.readAllBytes(file));

    assertEquals(List.of(), read.bad());
    assertEquals(5000, read.rows().size());
    for (int i : List.of(0, 1, 2048, 4999)) {
      String name = i % 5 == 0 ? "null" : "\"name " + i % 50 + "\"";
      String row = read.rows().get(i);
      assertTrue(
          row.startsWith(
              "{\"id\":"
                  + i
                  + ",\"tiny\":"
                  + i % 100
                  + ",\"unsigned\":"
                  + i * 40_000L
                  + ",\"huge\":"
                  + i
                  + ",\"paid\":"
                  + (i % 3 == 0)),
          row);
      assertTrue(row.contains(",\"name\":" + name + ","), row);
      assertTrue(
          row.contains(
              "\"at\":\""
                  + java.time.Instant.parse("2026-01-31T10:11:12.000123Z").plusSeconds(i)
                  + "\",\"zoned\":\"2026-01-31T10:11:12.5Z\",\"ms\":\"2026-01-31T10:11:12.5Z\",\"ns\":\"2026-01-31T10:11:12.123456Z\",\"tod\":\"PT1H2M3.5S\",\"key\":\"12345678-1234-5678-1234-567812345678\",\"list\":["
                  + i
                  + ",null],\"nested\":[[1],[],null],\"rec\":{\"a\":"
                  + i
                  + ",\"b\":{\"c\":\"x\"}},\"m\":{\"k\":"
                  + i
                  + "},\"doc\":{\"x\":1},\"kind\":\"a"
                  + i % 2
                  + "\"}"),
          row);
    }
    List<String> sums =
        asked("select sum(wide)::text, sum(middle)::text, sum(small)::text from '" + file + "'")
            .get(0);
    assertEquals(sums, sums(read));
  }

  private static List<String> sums(Read read) {
    java.math.BigDecimal[] sums = {
      java.math.BigDecimal.ZERO, java.math.BigDecimal.ZERO, java.math.BigDecimal.ZERO
    };
    for (String row : read.rows()) {
      io.penstock.json.Json json = io.penstock.json.Json.parse(row);
      List<String> names = List.of("wide", "middle", "small");
      for (int i = 0; i < sums.length; i++) {
        sums[i] = sums[i].add(json.member(names.get(i)).orElseThrow().asDecimal().orElseThrow());
      }
    }
    return Arrays.stream(sums).map(java.math.BigDecimal::toPlainString).toList();
  }

  @Test
  void fieldsThatNobodyReadsAreLeftOutWhereTheyCannotBeWrong() {
    byte[] file = Read.written(format(Codec.SNAPPY), ROWS, lines(300).batches());
    Schema two =
        Schema.of(Field.of("id", DataType.INT), Field.of("amount", new DataType.Decimal(5, 2)));
    Format.Decoding all = Format.Decoding.of(two);
    Format.Decoding none =
        new Format.Decoding(
            two,
            Set.of(FieldPath.of("amount")),
            false,
            all.unknownFields(),
            TextTypes.standard(),
            all.maxRecord());

    Read whole = Read.blocks(format(Codec.NONE), all, file, 1 << 20, 100);
    Read part = Read.blocks(format(Codec.NONE), none, file, 1 << 20, 100);

    assertTrue(whole.bad().size() > 50);
    assertEquals(whole.bad(), part.bad());
    assertEquals(whole.rows().size(), part.rows().size());
    Format.Decoding nothing =
        new Format.Decoding(
            Schema.of(Field.of("id", DataType.INT), Field.of("paid", DataType.BOOLEAN)),
            Set.of(),
            false,
            all.unknownFields(),
            TextTypes.standard(),
            all.maxRecord());
    assertEquals(300, Read.blocks(format(Codec.NONE), nothing, file, 1 << 20, 100).rows().size());
  }

  @Test
  void whatTheFileDoesNotHaveIsTold() {
    byte[] file = Read.written(format(Codec.SNAPPY), ROWS, lines(3).batches());

    assertEquals(
        List.of("D103 line 1: `gone` is missing; nothing of the file is read"),
        read(Schema.of(Field.of("gone", DataType.INT)), file).bad());
    assertEquals(
        List.of("{\"gone\":null}", "{\"gone\":null}", "{\"gone\":null}"),
        read(Schema.of(Field.optional("gone", DataType.INT)), file).rows());
    assertEquals(
        List.of(
            "D104 line 1: `day` must be a value of type int, not Parquet's `INT32 DATE`; nothing of"
                + " the file is read"),
        read(Schema.of(Field.of("day", DataType.INT)), file).bad());
    Read required =
        read(
            Schema.of(Field.of("rate", DataType.DOUBLE)),
            Read.written(format(Codec.NONE), ROWS, lines(30).batches()));
    assertEquals(30, required.bad().size() + required.rows().size());
    assertTrue(
        required.bad().get(0).endsWith("`rate` must be a value of type double, not null"),
        required.bad().get(0));
  }

  @Test
  void aFileWithoutRowsHasASchemaAllTheSame() throws IOException {
    Path file = folder.resolve("empty.parquet");
    Files.write(file, Read.written(format(Codec.ZSTD), ROWS, List.<Batch>of()));

    assertEquals(List.of(List.of("0")), asked("select count(*) from '" + file + "'"));
    assertEquals(List.of(), read(ROWS, Files.readAllBytes(file)).bad());
  }

  @Test
  void whatIsNoFileOfParquetIsTold() {
    byte[] file = Read.written(format(Codec.SNAPPY), ROWS, lines(30).batches());
    byte[] cut = Arrays.copyOf(file, file.length - 3);
    byte[] longer = file.clone();
    longer[file.length - 6] = 0x7f;
    byte[] footer = file.clone();
    Arrays.fill(footer, file.length - 1000, file.length - 10, (byte) 0x55);

    String end = "; nothing of the file is read";
    assertEquals(
        List.of("D101 line 1: the file is empty, and so no Parquet" + end),
        read(ROWS, new byte[0]).bad());
    assertEquals(
        List.of("D101 line 1: the file is no Parquet: it does not begin with `PAR1`" + end),
        read(ROWS, "id,name\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8)).bad());
    assertEquals(
        List.of("D101 line 1: the file does not end with `PAR1`: it is cut off or damaged" + end),
        read(ROWS, cut).bad());
    assertTrue(
        read(ROWS, longer).bad().get(0).startsWith("D101 line 1: the footer says that it has "));
    assertEquals(
        List.of("D101 line 1: the footer of the file cannot be read" + end),
        read(ROWS, footer).bad());
  }

  @Test
  void bytesThatChangeNeverStopTheReadingAndAreNoticed() {
    Read rows = lines(400);
    byte[] file = Read.written(format(Codec.SNAPPY), ROWS, rows.batches());
    Random random = new Random(3);
    int noticed = 0;
    int silent = 0;
    for (int round = 0; round < 600; round++) {
      byte[] broken = file.clone();
      broken[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      Read read = read(ROWS, broken);
      noticed += read.bad().isEmpty() ? 0 : 1;
      silent += read.bad().isEmpty() && !read.rows().equals(rows.rows()) ? 1 : 0;
    }
    // Pages have a checksum; their headers and the footer, in which Parquet has none, are few
    // bytes.
    assertTrue(noticed > 400, "damage is noticed, not " + noticed);
    assertTrue(silent < 10, "hardly anything passes unseen, not " + silent);
  }
}
