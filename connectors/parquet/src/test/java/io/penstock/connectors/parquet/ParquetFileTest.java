package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of ours read by DuckDB, and files of DuckDB's read by us. */
final class ParquetFileTest {
  private static final Schema ROWS = Orders.SCHEMA;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsWrittenIsReadAgain(Codec codec) {
    Read rows = Orders.lines(3000);

    byte[] file = Read.written(Orders.format(codec), ROWS, rows.batches());

    Read again = Orders.read(ROWS, file);
    assertEquals(List.of(), again.bad());
    assertEquals(rows.rows(), again.rows());
    assertEquals(3000L, again.lines().get(2999));
    Read small = Read.blocks(Orders.format(codec), Format.Decoding.of(ROWS), file, 100, 7);
    assertEquals(rows.rows(), small.rows());
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsWrittenIsReadByDuckDb(Codec codec) throws IOException {
    Read rows = Orders.lines(500);
    Path file = folder.resolve("ours.parquet");
    Files.write(file, Read.written(Orders.format(codec), ROWS, rows.batches()));
    Path json = folder.resolve("theirs.jsonl");

    DuckDb.asked(
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
        DuckDb.asked(
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
    DuckDb.asked(
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

    Read read = Orders.read(schema, Files.readAllBytes(file));

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
        DuckDb.asked(
                "select sum(wide)::text, sum(middle)::text, sum(small)::text from '" + file + "'")
            .get(0);
    assertEquals(sums, sums(read));
  }

  @Test
  void keysOfMapsThatAreNoTextsHaveTheirTextInJson() throws IOException {
    Path file = folder.resolve("keys.parquet");
    DuckDb.asked(
        """
        copy (select map {-7: 1} as whole, map {4294967295::uinteger: 1} as unsigned,
          map {18446744073709551615::ubigint: 1} as huge, map {true: 1, false: 2} as truth,
          map {date '2026-01-31': 1} as day, map {1.50::decimal(9,2): 1} as sum,
          map {-12345678901234567890.125::decimal(38,3): 1} as wide,
          map {timestamp '2026-01-31 10:11:12.5': 1} as at,
          map {timestamp_ms '1969-12-31 23:59:59.999': 1} as ms,
          map {uuid '12345678-1234-5678-1234-567812345678': 1} as id)
        to '%s' (format parquet)
        """
            .formatted(file));

    assertEquals(
        List.of(
            "{\"whole\":{\"-7\":1},\"unsigned\":{\"4294967295\":1},"
                + "\"huge\":{\"18446744073709551615\":1},\"truth\":{\"true\":1,\"false\":2},"
                + "\"day\":{\"2026-01-31\":1},\"sum\":{\"1.50\":1},"
                + "\"wide\":{\"-12345678901234567890.125\":1},"
                + "\"at\":{\"2026-01-31T10:11:12.5Z\":1},"
                + "\"ms\":{\"1969-12-31T23:59:59.999Z\":1},"
                + "\"id\":{\"12345678-1234-5678-1234-567812345678\":1}}"),
        maps(file, "whole", "unsigned", "huge", "truth", "day", "sum", "wide", "at", "ms", "id")
            .rows());
  }

  @Test
  void keysThatHaveNoOneTextAreRefused() throws IOException {
    Path file = folder.resolve("keys.parquet");
    DuckDb.asked(
        """
        copy (select map {1.5::double: 1} as fraction, map {encode('a'): 1} as raw,
          map {time '01:02:03': 1} as tod, map {[1]: 1} as list,
          map {timestamp_ns '2026-01-31 10:11:12.123456789': 1} as ns)
        to '%s' (format parquet)
        """
            .formatted(file));

    for (String field : List.of("fraction", "raw", "tod", "list", "ns")) {
      Read read = maps(file, field);
      assertEquals(List.of(), read.rows(), field);
      assertEquals(1, read.bad().size(), field);
      assertTrue(
          read.bad().get(0).contains("`" + field + "` must have keys that are texts"),
          read.bad().get(0));
    }
  }

  private static Read maps(Path file, String... fields) throws IOException {
    DataType map = new DataType.MapOf(ValueType.optional(DataType.INT));
    return Orders.read(
        Schema.of(Arrays.stream(fields).map(name -> Field.optional(name, map)).toList()),
        Files.readAllBytes(file));
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
  void aFileWithoutRowsHasASchemaAllTheSame() throws IOException {
    Path file = folder.resolve("empty.parquet");
    Files.write(file, Read.written(Orders.format(Codec.ZSTD), ROWS, List.<Batch>of()));

    assertEquals(List.of(List.of("0")), DuckDb.asked("select count(*) from '" + file + "'"));
    assertEquals(List.of(), Orders.read(ROWS, Files.readAllBytes(file)).bad());
  }
}
