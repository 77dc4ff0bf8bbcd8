package io.penstock.connectors.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Records with a value of every kind, written by Avro's own writer. */
final class Orders {
  static final String SCHEMA =
      """
      {"type":"record","name":"Order","namespace":"shop","fields":[
       {"name":"id","type":"long"},
       {"name":"small","type":"int"},
       {"name":"paid","type":"boolean"},
       {"name":"weight","type":"float"},
       {"name":"rate","type":["null","double"],"default":null},
       {"name":"customer","type":"string"},
       {"name":"raw","type":"bytes"},
       {"name":"hash","type":{"type":"fixed","name":"Hash","size":4}},
       {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","SENT","BACK"]}},
       {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}},
       {"name":"wide","type":{"type":"fixed","name":"Wide","size":16,"logicalType":"decimal","precision":38,"scale":4}},
       {"name":"day","type":{"type":"int","logicalType":"date"}},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
       {"name":"at_micros","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
       {"name":"opens","type":{"type":"int","logicalType":"time-millis"}},
       {"name":"key","type":{"type":"string","logicalType":"uuid"}},
       {"name":"span","type":{"type":"fixed","name":"Span","size":12,"logicalType":"duration"}},
       {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item","fields":[
          {"name":"sku","type":"string"},{"name":"count","type":["int","null"]}]}}},
       {"name":"tags","type":{"type":"map","values":["null","string"]}},
       {"name":"any","type":["null","long","string",{"type":"array","items":"int"}]}]}
      """;

  private static final String[] TEXTS = {"", "plain", "Zoë", "日本", "a\nb", "\uD83D\uDE00"};

  private Orders() {}

  static Schema schema() {
    return new Schema.Parser().parse(SCHEMA);
  }

  static List<GenericRecord> random(int count, long seed) {
    Random random = new Random(seed);
    List<GenericRecord> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(random(i, random));
    }
    return orders;
  }

  private static GenericRecord random(int i, Random random) {
    Schema schema = schema();
    GenericRecord order = new GenericData.Record(schema);
    order.put("id", random.nextInt(4) == 0 ? random.nextLong() : (long) i);
    order.put("small", random.nextInt());
    order.put("paid", random.nextBoolean());
    order.put("weight", random.nextInt(1000) / 8f);
    order.put("rate", random.nextBoolean() ? null : random.nextGaussian());
    order.put("customer", TEXTS[random.nextInt(TEXTS.length)]);
    order.put("raw", ByteBuffer.wrap(bytes(random, random.nextInt(5))));
    order.put("hash", fixed(schema, "hash", bytes(random, 4)));
    order.put(
        "state",
        new GenericData.EnumSymbol(
            schema.getField("state").schema(),
            List.of("NEW", "SENT", "BACK").get(random.nextInt(3))));
    order.put(
        "amount",
        decimal(schema, "amount", BigInteger.valueOf(random.nextInt(1_000_000) - 500_000)));
    order.put("wide", decimal(schema, "wide", new BigInteger(120, random)));
    order.put("day", random.nextInt(40_000) - 10_000);
    order.put("at", random.nextInt() * 1000L);
    order.put("at_micros", random.nextInt(3) == 0 ? null : (Object) (random.nextLong() >> 10));
    order.put("opens", random.nextInt(86_400_000));
    order.put("key", new java.util.UUID(random.nextLong(), random.nextLong()).toString());
    order.put(
        "span", fixed(schema, "span", new byte[] {1, 0, 0, 0, 2, 0, 0, 0, (byte) 0xdc, 5, 0, 0}));
    order.put("items", items(schema, random));
    Map<String, Object> tags = new HashMap<>();
    for (int t = random.nextInt(3); t > 0; t--) {
      tags.put("t" + t, random.nextBoolean() ? null : TEXTS[random.nextInt(TEXTS.length)]);
    }
    order.put("tags", tags);
    order.put("any", List.of(7L, "text", List.of(1, 2)).get(random.nextInt(3)));
    return order;
  }

  private static Object items(Schema schema, Random random) {
    Schema list = schema.getField("items").schema();
    List<GenericRecord> items = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      GenericRecord item = new GenericData.Record(list.getElementType());
      item.put("sku", "s" + n);
      item.put("count", random.nextBoolean() ? null : random.nextInt(9));
      items.add(item);
    }
    return new GenericData.Array<>(list, items);
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Object fixed(Schema schema, String field, byte[] bytes) {
    return new GenericData.Fixed(schema.getField(field).schema(), bytes);
  }

  private static Object decimal(Schema schema, String field, BigInteger unscaled) {
    Schema type = schema.getField(field).schema();
    LogicalTypes.Decimal decimal = (LogicalTypes.Decimal) type.getLogicalType();
    BigDecimal value = new BigDecimal(unscaled, decimal.getScale());
    Conversions.DecimalConversion conversion = new Conversions.DecimalConversion();
    return type.getType() == Schema.Type.FIXED
        ? conversion.toFixed(value, type, decimal)
        : conversion.toBytes(value, type, decimal);
  }

  /** A file as Avro itself writes it. */
  static byte[] file(List<GenericRecord> records, Schema schema, CodecFactory codec, int block) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(codec).setSyncInterval(block);
      writer.create(schema, bytes, new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6});
      for (GenericRecord order : records) {
        writer.append(order);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
