package io.penstock.connectors.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AvroFileTest {
  private static final List<GenericRecord> ORDERS = Orders.random(300, 7);
  private static final int BLOCK = 700;

  static AvroConfig config(Codec codec) {
    return new AvroConfig(AvroConfig.Layout.CONTAINER, Optional.empty(), Optional.empty(), codec);
  }

  static AvroConfig by(String schema) {
    return new AvroConfig(
        AvroConfig.Layout.CONTAINER, Optional.of(schema), Optional.empty(), Codec.DEFLATE);
  }

  private static CodecFactory factory(Codec codec) {
    return CodecFactory.fromString(codec.avroName());
  }

  private static byte[] file(Codec codec) {
    return Orders.file(ORDERS, Orders.schema(), factory(codec), BLOCK);
  }

  private static Schema own() {
    return by(Orders.SCHEMA).format().traits().ownSchema().orElseThrow();
  }

  @Test
  void typesAreThoseOfTheSchema() {
    assertEquals(
        "{ id: int, small: int, paid: boolean, weight: double, rate: optional double,"
            + " customer: string, raw: bytes, hash: bytes, state: string, amount: decimal(12,2),"
            + " wide: decimal(38,4), day: date, at: timestamp, at_micros: optional timestamp,"
            + " opens: duration, key: string, span: string,"
            + " items: [{ sku: string, count: optional int }], tags: map<optional string>,"
            + " any: optional json }",
        own().toString());
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void filesOfAvroItselfAreRead(Codec codec) {
    Read read = Read.all(by(Orders.SCHEMA), own(), file(codec));

    assertEquals(List.of(), read.bad());
    assertEquals(ORDERS.size(), read.rows().size());
    for (int i = 0; i < ORDERS.size(); i++) {
      assertEquals(i + 1L, read.lines().get(i));
      assertEquals(AsJson.of(ORDERS.get(i)), read.rows().get(i));
    }
  }

  @Test
  void withoutASchemaRowsAreJsonOfTheSameValues() {
    Read typed = Read.all(by(Orders.SCHEMA), own(), file(Codec.NONE));

    Read open = Read.all(config(Codec.NONE), Schema.anything(), file(Codec.NONE));

    assertEquals(List.of(), open.bad());
    assertEquals(typed.rows(), open.rows());
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void givesTheSameRowsHoweverTheFileIsCut(Codec codec) {
    byte[] bytes = file(codec);
    List<String> rows = Read.all(by(Orders.SCHEMA), own(), bytes).rows();
    Random random = new Random(5);

    for (int round = 0; round < 40; round++) {
      Read cut =
          Read.blocks(
              by(Orders.SCHEMA).format(),
              Format.Decoding.of(own()),
              bytes,
              1 + random.nextInt(5000),
              1 + random.nextInt(20));
      assertEquals(List.of(), cut.bad());
      assertEquals(rows, cut.rows());
      assertEquals(ORDERS.size(), cut.lines().get(ORDERS.size() - 1));
    }
    assertTrue(
        Read.blocks(by(Orders.SCHEMA).format(), Format.Decoding.of(own()), bytes, 1000, 9)
                .blockSizes()
                .size()
            > 3);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsWrittenIsReadByAvroItself(Codec codec) throws Exception {
    Schema rows = Schema.of(own().fields().stream().filter(f -> !f.name().equals("any")).toList());
    Read read = Read.all(by(Orders.SCHEMA), rows, file(Codec.NONE));

    byte[] written = Read.written(config(codec).format(), rows, read.batches());

    List<String> back = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new SeekableByteArrayInput(written), new GenericDatumReader<>())) {
      assertEquals(codec.avroName(), reader.getMetaString("avro.codec"));
      reader.forEachRemaining(record -> back.add(AsJson.of(record)));
    }
    assertEquals(read.rows(), back);
    assertEquals(read.rows(), Read.all(config(codec), rows, written).rows());
  }

  @Test
  void whatIsWrittenBySchemaIsTheSameAgain() throws Exception {
    Read read = Read.all(by(Orders.SCHEMA), own(), file(Codec.NONE));
    Schema rows =
        Schema.of(
            own().fields().stream()
                .filter(f -> !Set.of("any", "span").contains(f.name()))
                .toList());
    String schema =
        Orders.SCHEMA
            .replace(
                "{\"name\":\"any\",\"type\":[\"null\",\"long\",\"string\",{\"type\":\"array\",\"items\":\"int\"}]}",
                "{\"name\":\"any\",\"type\":\"int\",\"default\":3}")
            .replace(
                "{\"name\":\"span\",\"type\":{\"type\":\"fixed\",\"name\":\"Span\",\"size\":12,\"logicalType\":\"duration\"}},\n",
                "");
    Read fewer = Read.all(config(Codec.NONE), rows, file(Codec.NONE));

    byte[] written = Read.written(by(schema).format(), rows, fewer.batches());

    List<Object> any = new ArrayList<>();
    List<String> back = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new SeekableByteArrayInput(written), new GenericDatumReader<>())) {
      assertEquals(new org.apache.avro.Schema.Parser().parse(schema), reader.getSchema());
      reader.forEachRemaining(
          record -> {
            any.add(record.get("any"));
            back.add(AsJson.of(record).replaceAll(",\"any\":3}$", "}"));
          });
    }
    assertEquals(fewer.rows(), back);
    assertEquals(Set.of(3), Set.copyOf(any));
    assertEquals(read.rows().size(), back.size());
  }

  @Test
  void aFileWithoutRowsHasASchemaAllTheSame() throws Exception {
    Schema rows = Schema.of(Field.of("a", DataType.INT));

    byte[] written = Read.written(config(Codec.ZSTD).format(), rows, List.of());

    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new SeekableByteArrayInput(written), new GenericDatumReader<>())) {
      assertEquals("a", reader.getSchema().getFields().get(0).name());
      assertEquals(false, reader.hasNext());
    }
    assertEquals(List.of(), Read.all(config(Codec.NONE), rows, written).bad());
  }

  @Test
  void fieldsThatNobodyReadsAreCheckedAllTheSame() {
    Schema narrow =
        Schema.of(Field.of("id", DataType.INT), Field.of("amount", new DataType.Decimal(4, 2)));
    Format.Decoding all = Format.Decoding.of(narrow);
    Format.Decoding idOnly =
        new Format.Decoding(
            narrow,
            Set.of(FieldPath.of("id")),
            false,
            all.unknownFields(),
            TextTypes.standard(),
            all.maxRecord());

    Read whole = Read.blocks(config(Codec.NONE).format(), all, file(Codec.NONE), 1 << 20, 4096);
    Read part = Read.blocks(config(Codec.NONE).format(), idOnly, file(Codec.NONE), 1 << 20, 4096);

    assertTrue(whole.bad().size() > 100);
    assertEquals(whole.bad(), part.bad());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 40, 1000})
  void aFileThatEndsInItsHeaderIsOneBadRecord(int length) {
    byte[] cut = Arrays.copyOf(file(Codec.NONE), length);

    Read read = Read.all(config(Codec.NONE), Schema.anything(), cut);

    assertEquals(List.of(), read.rows());
    assertEquals(1, read.bad().size());
    assertTrue(read.bad().get(0).endsWith("; nothing of it is read"), read.bad().get(0));
  }

  @Test
  void whatIsNoContainerIsToldOnce() {
    byte[] text =
        "id,amount\n1,2.50\n".repeat(300_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);

    Read read = Read.all(config(Codec.NONE), Schema.anything(), text);

    assertEquals(
        List.of(
            "D101 line 1: the file is no Avro container: it does not begin with `Obj` and the byte"
                + " 1; nothing of it is read"),
        read.bad());
  }
}
