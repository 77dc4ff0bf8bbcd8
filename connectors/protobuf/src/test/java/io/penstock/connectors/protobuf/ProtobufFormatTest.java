package io.penstock.connectors.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtobufFormatTest {
  private static final String ORDER = "shop.Order";
  private static final String READING = "old.Reading";

  @Test
  void typesAreThoseOfTheMessage() {
    assertEquals(
        "{ id: int, customer: string, status: string,"
            + " lines: [{ sku: string, quantity: int, weight: double, gift: boolean }],"
            + " counts: map<int>, placed_at: optional timestamp, took: optional duration,"
            + " note: optional string, discount: optional double, card: optional string,"
            + " transfer: optional { account: string, cents: int }, sizes: [int], seal: bytes,"
            + " serial: decimal(20,0), extra: optional json, replaces: optional json,"
            + " refunds: map<{ account: string, cents: int }>, any: optional json,"
            + " nothing: optional json, seen: [timestamp] }",
        Shop.own(ORDER).toString());
    assertEquals(
        "{ sensor: string, value: int, at: optional decimal(20,0), kind: optional string,"
            + " sample: [{ x: optional int }] }",
        Shop.own(READING).toString());
  }

  @Test
  void whatProtocHasEncodedIsRead() {
    Read read = Read.all(Shop.single(ORDER), Shop.own(ORDER), Shop.resource("order.pb"));

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "{\"id\":-7,\"customer\":\"Renée \\\"R\\\"\",\"status\":\"SENT\","
                + "\"lines\":[{\"sku\":\"a\",\"quantity\":4294967295,\"weight\":0.5,\"gift\":true},"
                + "{\"sku\":\"\",\"quantity\":0,\"weight\":0.0,\"gift\":false}],"
                + "\"counts\":{\"x\":-1,\"y\":2},\"placed_at\":\"2026-01-01T00:04:05.123456Z\","
                + "\"took\":\"-PT1.5S\",\"note\":\"\",\"discount\":0.0,\"card\":null,"
                + "\"transfer\":{\"account\":\"DE01\",\"cents\":-250},\"sizes\":[1,-1,300],"
                + "\"seal\":\"AP8=\",\"serial\":18446744073709551615,\"extra\":{\"k\":[1.5,null]},"
                + "\"replaces\":{\"id\":6,\"customer\":\"\",\"status\":\"UNKNOWN\",\"lines\":[],"
                + "\"counts\":{},\"sizes\":[],\"seal\":\"\",\"serial\":0,\"refunds\":{},\"any\":true,\"seen\":[]},"
                + "\"refunds\":{\"-9\":{\"account\":\"r\",\"cents\":0}},\"any\":\"s\",\"nothing\":{},"
                + "\"seen\":[\"1970-01-01T00:00:00Z\",\"1969-12-31T23:59:59.999999Z\"]}"),
        read.rows());
  }

  @Test
  void aMessageOfNoBytesHasTheValuesThatAreNotWritten() {
    Read read = Read.all(Shop.single("shop.Transfer"), Shop.own("shop.Transfer"), new byte[0]);

    assertEquals(List.of("{\"account\":\"\",\"cents\":0}"), read.rows());
    assertEquals(List.of(), read.bad());
  }

  @ParameterizedTest
  @ValueSource(strings = {ORDER, READING})
  void randomMessagesComeBackFromRows(String name) throws InvalidProtocolBufferException {
    Random random = new Random(31);
    Descriptor type = Shop.type(name);
    Format format = Shop.config(ProtobufConfig.Layout.DELIMITED, name).format();
    Schema own = Shop.own(name);
    // What is json in rows has numbers with a point and no way back but through Struct.
    Set<String> lost = Set.of("replaces");
    for (int round = 0; round < 200; round++) {
      List<Message> messages = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        DynamicMessage.Builder message =
            ((DynamicMessage) Shop.random(type, random, 3)).toBuilder();
        lost.stream()
            .map(type::findFieldByName)
            .filter(java.util.Objects::nonNull)
            .forEach(message::clearField);
        messages.add(message.build());
      }
      byte[] bytes = Shop.delimited(messages);
      Read whole = Read.blocks(format, Format.Decoding.of(own), bytes, 1 << 20, 4096);
      Read cut =
          Read.blocks(
              format,
              Format.Decoding.of(own),
              bytes,
              1 + random.nextInt(60),
              1 + random.nextInt(3));

      assertEquals(List.of(), whole.bad());
      assertEquals(whole.rows(), cut.rows());
      assertEquals(whole.lines(), cut.lines());
      Schema written = without(own, lost);
      byte[] back = Read.written(format, written, batches(whole, own, written));
      List<Message> parsed = parsed(type, back);
      assertEquals(withDefaults(messages), withDefaults(parsed));
    }
  }

  private static Schema without(Schema schema, Set<String> names) {
    return Schema.of(schema.fields().stream().filter(f -> !names.contains(f.name())).toList());
  }

  private static List<Batch> batches(Read read, Schema own, Schema written) {
    return read.batches().stream()
        .map(
            batch ->
                Batch.of(
                    written,
                    batch.size(),
                    written.names().stream()
                        .map(name -> batch.column(own.indexOf(name)))
                        .toArray(io.penstock.api.data.Column[]::new),
                    batch.provenance()))
        .toList();
  }

  private static List<Message> parsed(Descriptor type, byte[] bytes)
      throws InvalidProtocolBufferException {
    List<Message> messages = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int length = Lengths.read(bytes, at, bytes.length);
      int from = at + Lengths.sizeAt(bytes, at);
      messages.add(DynamicMessage.newBuilder(type).mergeFrom(bytes, from, length).buildPartial());
      at = from + length;
    }
    return messages;
  }

  /** A default that is written or not is the same value to a row. */
  private static List<String> withDefaults(List<Message> messages) {
    return messages.stream()
        .map(
            message -> {
              var json = new io.penstock.json.JsonBuilder();
              MessageJson.append(message, json, "");
              return json.build().toText();
            })
        .toList();
  }

  @Test
  void fieldsAreTakenByNameIntoDeclaredTypes() {
    Schema line = Schema.of(Field.of("quantity", new DataType.Decimal(12, 2)));
    Schema schema =
        Schema.of(
            Field.of("id", DataType.DOUBLE),
            Field.of("status", DataType.INT),
            Field.of("lines", new DataType.ListOf(ValueType.required(new DataType.RecordOf(line)))),
            Field.of("counts", DataType.JSON),
            Field.optional("unknown", DataType.STRING));

    Read read = Read.all(Shop.single(ORDER), schema, Shop.resource("order.pb"));

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "{\"id\":-7.0,\"status\":2,\"lines\":[{\"quantity\":4294967295.00},{\"quantity\":0.00}],\"counts\":{\"x\":-1,\"y\":2},\"unknown\":null}"),
        read.rows());
  }

  @Test
  void numbersAreTimesWhereTheSchemaSaysSo() {
    Schema schema = Schema.of(Field.of("id", DataType.TIMESTAMP));
    Format.Decoding decoding =
        new Format.Decoding(
            schema,
            Set.of(),
            true,
            Format.UnknownFields.DROP,
            new TextTypes(Map.of(FieldPath.of("id"), TextTypes.Epoch.EPOCH_S)),
            1 << 20);

    Read read = Read.blocks(Shop.single(ORDER).format(), decoding, new byte[] {8, 60}, 1 << 20, 10);

    assertEquals(List.of("{\"id\":\"1970-01-01T00:01:00Z\"}"), read.rows());
  }

  @Test
  void otherFieldsAreDroppedKeptOrRefused() {
    Schema schema = Schema.of(Field.of("cents", DataType.INT));
    Schema open = new Schema(schema.fields(), true);
    byte[] transfer = HexFormat.of().parseHex("0a024445150500000092030161");

    assertEquals(
        List.of("{\"cents\":5}"), Read.all(Shop.single("shop.Transfer"), schema, transfer).rows());
    assertEquals(
        List.of("{\"cents\":5,\"account\":\"DE\"}"),
        Read.all(Shop.single("shop.Transfer"), open, transfer).rows());
    assertEquals(
        List.of("D105 line 1: `account` is not in the schema"), strict(schema, transfer).bad());
    assertEquals(
        List.of(
            "D105 line 1: the message `shop.Transfer` has a field of the number 50, which its schema"
                + " does not know"),
        strict(Shop.own("shop.Transfer"), transfer).bad());
  }

  private static Read strict(Schema schema, byte[] bytes) {
    Format.Decoding decoding =
        new Format.Decoding(
            schema, Set.of(), true, Format.UnknownFields.FAIL, TextTypes.standard(), 1 << 20);
    return Read.blocks(Shop.single("shop.Transfer").format(), decoding, bytes, 1 << 20, 10);
  }

  @Test
  void ofEqualKeysOfAMapTheLastCounts() {
    Schema schema =
        Schema.of(
            Field.of("counts", new DataType.MapOf(ValueType.required(DataType.INT))),
            Field.of("refunds", DataType.JSON));
    byte[] bytes = HexFormat.of().parseHex("2a050a01611001" + "2a050a01611002" + "8a01020801");

    assertEquals(
        List.of("{\"counts\":{\"a\":2},\"refunds\":{\"1\":{\"account\":\"\",\"cents\":0}}}"),
        Read.all(Shop.single(ORDER), schema, bytes).rows());
  }

  @Test
  void whatIsWrittenIsWhatProtocHasEncoded() throws InvalidProtocolBufferException {
    Schema own = without(Shop.own(ORDER), Set.of("replaces"));
    byte[] encoded = Shop.resource("order.pb");

    byte[] written =
        Read.written(
            Shop.single(ORDER).format(), own, Read.all(Shop.single(ORDER), own, encoded).batches());

    Descriptor type = Shop.type(ORDER);
    assertEquals(
        DynamicMessage.parseFrom(type, encoded).toBuilder()
            .clearField(type.findFieldByName("replaces"))
            .build(),
        DynamicMessage.parseFrom(type, written));
  }
}
