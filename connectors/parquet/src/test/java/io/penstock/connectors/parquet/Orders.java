package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.option.DataSize;
import io.penstock.connectors.standard.json.JsonConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Rows with a value of every kind. */
final class Orders {
  private static final Schema ITEM =
      Schema.of(
          Field.of("sku", DataType.STRING),
          Field.optional("tags", new DataType.ListOf(ValueType.optional(DataType.STRING))));
  static final Schema SCHEMA =
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

  private Orders() {}

  static Format format(Codec codec) {
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

  static Read lines(int count) {
    Random random = new Random(count);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(line(i, random)).append('\n');
    }
    Format json = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
    Read read =
        Read.blocks(
            json,
            Format.Decoding.of(SCHEMA),
            text.toString().getBytes(StandardCharsets.UTF_8),
            1 << 20,
            4096);
    assertEquals(List.of(), read.bad());
    return read;
  }

  static Read read(Schema schema, byte[] bytes) {
    return Read.blocks(format(Codec.NONE), Format.Decoding.of(schema), bytes, 1 << 20, 4096);
  }
}
