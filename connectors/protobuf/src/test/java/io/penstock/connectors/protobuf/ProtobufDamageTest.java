package io.penstock.connectors.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Message;
import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that are no messages, values that do not fit, descriptors that are none. */
final class ProtobufDamageTest {
  private static final String TRANSFER = "shop.Transfer";
  private static final ProtobufConfig.Layout DELIMITED = ProtobufConfig.Layout.DELIMITED;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0a05; D101 line 1: this is no message `shop.Transfer`: it is cut off, at byte 2 of the record",
        "0a024445 1505; D101 line 1: this is no message `shop.Transfer`: it is cut off, at byte 5 of the record",
        "00; D101 line 1: this is no message `shop.Transfer`: a field has the number 0, at byte 1 of the record",
        "0f; D101 line 1: this is no message `shop.Transfer`: a field is of a kind that there is not, at byte 1 of the record",
        "0c; D101 line 1: this is no message `shop.Transfer`: a group ends that has not begun, at byte 1 of the record",
        "0affffffffff01; D101 line 1: this is no message `shop.Transfer`: a length is below zero, at byte 7 of the record",
        "0a02c328; D102 line 1: this is no message `shop.Transfer`: a text has malformed UTF-8, at byte 2 of the record",
      })
  void bytesThatAreNoMessageAreABadRecordWithItsPlace(String hex, String expected) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertEquals(
        List.of(expected), Read.all(Shop.single(TRANSFER), Shop.own(TRANSFER), bytes).bad());
  }

  @Test
  void messagesThatAreNestedTooDeepAreRefused() {
    byte[] bytes = new byte[0];
    for (int depth = 0; depth < 150; depth++) {
      byte[] outer = new byte[bytes.length + 4];
      outer[0] = (byte) 0x82;
      outer[1] = 1;
      outer[2] = (byte) (bytes.length & 0x7f | 0x80);
      outer[3] = (byte) (bytes.length >> 7);
      System.arraycopy(bytes, 0, outer, 4, bytes.length);
      bytes = outer;
    }

    List<String> bad = Read.all(Shop.single("shop.Order"), Shop.own("shop.Order"), bytes).bad();

    assertEquals(1, bad.size());
    assertEquals("D107", bad.get(0).substring(0, 4));
  }

  @Test
  void aFieldThatMustBeThereIsMissing() {
    assertEquals(
        List.of("D103 line 1: `sensor` is missing, which the message wants"),
        Read.all(Shop.single("old.Reading"), Shop.own("old.Reading"), new byte[0]).bad());
    assertEquals(
        List.of("D103 line 1: `place` is missing: the message `shop.Transfer` has none"),
        Read.all(Shop.single(TRANSFER), Schema.of(Field.of("place", DataType.STRING)), new byte[0])
            .bad());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "customer; INT; D104 line 1: `customer` must be a value of type int, not Protobuf's string",
        "customer; TIMESTAMP; D104 line 1: `customer` must be a timestamp, not `Renée \"R\"`",
        "serial; INT; D104 line 1: `serial` must be a whole number of 64 bits, not `18446744073709551615`",
        "sizes; INT; D104 line 1: `sizes` must be a value of type int, not Protobuf's repeated int32",
        "counts; INT; D104 line 1: `counts` must be a value of type int, not Protobuf's map",
        "card; STRING; D103 line 1: `card` is missing",
      })
  void valuesThatDoNotFitAreBadRecords(String field, DataType.Simple.Kind kind, String expected) {
    Schema schema = Schema.of(Field.of(field, new DataType.Simple(kind)));

    assertEquals(
        List.of(expected),
        Read.all(Shop.single("shop.Order"), schema, Shop.resource("order.pb")).bad());
  }

  @Test
  void aFileThatEndsTooEarlyLosesItsLastMessage() {
    Random random = new Random(3);
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      messages.add(Shop.random(Shop.type("shop.Order"), random, 2));
    }
    byte[] bytes = Shop.delimited(messages);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);

    Read read = Read.all(Shop.config(DELIMITED, "shop.Order"), Shop.own("shop.Order"), cut);

    assertEquals(19, read.rows().size());
    assertEquals(1, read.bad().size());
    assertEquals("D101 line 20: a message says", read.bad().get(0).substring(0, 28));
  }

  @Test
  void behindALengthThatIsNoneNothingIsRead() {
    byte[] bytes = HexFormat.of().parseHex("040a024445" + "ffffffffff01" + "040a024445");

    for (int block : new int[] {1, 6, 100}) {
      Read read =
          Read.blocks(
              Shop.config(DELIMITED, TRANSFER).format(),
              Format.Decoding.of(Shop.own(TRANSFER)),
              bytes,
              block,
              10);

      assertEquals(List.of("{\"account\":\"DE\",\"cents\":0}"), read.rows());
      assertEquals(
          List.of("D101 line 2: before a message stands no length; the rest of the file is lost"),
          read.bad());
    }
  }

  @Test
  void oneBadMessageTakesNoOtherWithIt() {
    byte[] bytes = HexFormat.of().parseHex("040a024445" + "040a0244ff" + "00");

    Read read = Read.all(Shop.config(DELIMITED, TRANSFER), Shop.own(TRANSFER), bytes);

    assertEquals(2, read.rows().size());
    assertEquals(List.of(1L, 3L), read.lines());
    assertEquals("D102 line 2", read.bad().get(0).substring(0, 11));
  }

  @Test
  void randomDamageIsToldAndNeverThrown() {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = Shop.resource("order.pb").clone();
      for (int change = 1 + random.nextInt(3); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] some = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));

      Read one = Read.all(Shop.single("shop.Order"), Shop.own("shop.Order"), some);
      assertEquals(1, one.rows().size() + one.bad().size());

      Format many = Shop.config(DELIMITED, TRANSFER).format();
      Format.Decoding decoding = Format.Decoding.of(Shop.own(TRANSFER));
      Read whole = Read.blocks(many, decoding, some, 1 << 20, 100);
      Read cut = Read.blocks(many, decoding, some, 1 + random.nextInt(20), 1);
      assertEquals(whole.rows(), cut.rows());
      assertEquals(whole.bad().size(), cut.bad().size());
    }
  }

  @Test
  void whatAMessageCannotHoldIsRefused() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("quantity", DataType.INT),
            Field.of("sku", DataType.STRING),
            Field.optional("weight", DataType.DOUBLE));

    assertEquals(
        List.of(
            "`quantity` is -1, which has more than 32 bits without a sign",
            "`weight` is null, and the message has no null there; declare it `optional`, or set a value",
            "`weight` is 1.0E300, which no float holds"),
        refused(
            "shop.Order.Line",
            schema,
            "{\"quantity\":-1,\"sku\":\"\",\"weight\":1}\n"
                + "{\"quantity\":1,\"sku\":\"\",\"weight\":null}\n"
                + "{\"quantity\":1,\"sku\":\"\",\"weight\":1e300}\n"
                + "{\"quantity\":4294967295,\"sku\":\"\",\"weight\":1}\n"));
    assertEquals(
        List.of(
            "`status` is `LOST`, which is no symbol of `shop.Order.Status`",
            "of `payment` only one field may be there, and these are: `card`, `transfer`",
            "`extra` must be an object, not `[1]`"),
        refused(
            "shop.Order",
            Schema.of(
                Field.of("status", DataType.STRING),
                Field.optional("card", DataType.STRING),
                Field.optional(
                    "transfer",
                    new DataType.RecordOf(Schema.of(Field.of("account", DataType.STRING)))),
                Field.optional("extra", DataType.JSON)),
            "{\"status\":\"LOST\"}\n"
                + "{\"status\":\"PAID\",\"card\":\"1\",\"transfer\":{\"account\":\"a\"}}\n"
                + "{\"status\":\"7\",\"extra\":[1]}\n"
                + "{\"status\":\"7\",\"extra\":{}}\n"));
  }

  private static List<String> refused(String message, Schema schema, String lines)
      throws IOException {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    Format json = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
    Read read = Read.blocks(json, Format.Decoding.of(schema), bytes, 1 << 20, 100);
    assertEquals(List.of(), read.bad());
    Batch batch = read.batches().get(0);
    return Shop.config(DELIMITED, message)
        .format()
        .encoder(schema)
        .write(batch, (b, offset, length) -> {})
        .rows()
        .stream()
        .map(Rejects.Reject::message)
        .toList();
  }

  @Test
  void rowsThatNoMessageHoldsStopTheRun() {
    assertEquals(
        "the rows cannot be written as this message: `shop.Transfer` has no field `place`",
        stopped(TRANSFER, Schema.of(Field.of("place", DataType.STRING))));
    assertEquals(
        "the rows cannot be written as this message: `cents` is string, and the message has sfixed32"
            + " there",
        stopped(TRANSFER, Schema.of(Field.of("cents", DataType.STRING))));
    assertEquals(
        "the rows cannot be written as this message: they have no `sensor`, which the message wants",
        stopped("old.Reading", Schema.of(Field.of("value", DataType.INT))));
    assertEquals(
        "the rows cannot be written as this message: `lines` is map<int>, and the message has"
            + " repeated message there",
        stopped(
            "shop.Order",
            Schema.of(Field.of("lines", new DataType.MapOf(ValueType.required(DataType.INT))))));
    assertEquals(
        "the rows cannot be written as this message: their fields are not known",
        stopped(TRANSFER, Schema.anything()));
  }

  private static String stopped(String message, Schema schema) {
    return assertThrows(
            PipelineException.class, () -> Shop.single(message).format().encoder(schema))
        .problem()
        .message();
  }

  @Test
  void descriptorsThatAreNoneAreNotReadAsSome() {
    assertEquals("it is no set of descriptors", why(new byte[] {1, 2, 3}));
    assertEquals("it has 0 files", why(new byte[0]));
    // A file `a` that imports `b`, which is not there.
    assertEquals(
        "`a` imports `b`, which it does not have",
        why(HexFormat.of().parseHex("0a060a01611a0162")));
    assertEquals("`a` imports itself", why(HexFormat.of().parseHex("0a060a01611a0161")));
  }

  private static String why(byte[] bytes) {
    return assertThrows(MessageTypes.UnreadableException.class, () -> MessageTypes.ofSet(bytes))
        .why();
  }

  @Test
  void theOnlyMessageNeedsNoName() {
    byte[] one = HexFormat.of().parseHex("0a0b0a016122060a04" + "4f6e6c79");
    ProtobufConfig config =
        new ProtobufConfig(
            ProtobufConfig.Layout.SINGLE,
            Optional.of(new io.penstock.api.option.NamedFile("one.desc", one)),
            Optional.empty(),
            Optional.empty());

    assertEquals("Only", config.type().orElseThrow().getFullName());
  }
}
