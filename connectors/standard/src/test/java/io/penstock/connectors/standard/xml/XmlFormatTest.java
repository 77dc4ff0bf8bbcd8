package io.penstock.connectors.standard.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.connectors.standard.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XmlFormatTest {
  private static final Schema ITEM =
      Schema.of(Field.of("sku", DataType.STRING), Field.of("quantity", DataType.INT));
  private static final Schema ORDER =
      Schema.of(
          Field.of("id", DataType.INT),
          Field.optional("amount", new DataType.Decimal(12, 2)),
          Field.optional("note", DataType.STRING),
          Field.of("at", DataType.TIMESTAMP),
          Field.of("item", new DataType.ListOf(ValueType.required(new DataType.RecordOf(ITEM)))));

  private static final String ORDERS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- <order id="0"/> is none -->
      <shop xmlns:x="urn:x">
        <name>corner</name>
        <orders>
          <order id="1"><amount> 10.50 </amount><at>2026-01-01T00:00:00Z</at>
            <item sku="a&amp;b"><quantity>2</quantity></item>
            <item sku="c"><quantity>1</quantity></item></order>
          <order><id>2</id><amount/><note><![CDATA[<b> & so > on]]></note>
            <at>2026-01-01T00:00:01Z</at></order>
        </orders>
        <orders><order id='3' at="2026-01-01T00:00:02Z"><note/></order></orders>
      </shop>
      """;

  private static final List<String> ROWS =
      List.of(
          "{\"id\":1,\"amount\":10.50,\"note\":null,\"at\":\"2026-01-01T00:00:00Z\","
              + "\"item\":[{\"sku\":\"a&b\",\"quantity\":2},{\"sku\":\"c\",\"quantity\":1}]}",
          "{\"id\":2,\"amount\":null,\"note\":\"<b> & so > on\",\"at\":\"2026-01-01T00:00:01Z\","
              + "\"item\":[]}",
          "{\"id\":3,\"amount\":null,\"note\":\"\",\"at\":\"2026-01-01T00:00:02Z\",\"item\":[]}");

  private static Format format(String path) {
    return new XmlConfig(path).format();
  }

  private static Read open(String text) {
    return Read.all(format("a/r"), Schema.anything(), text);
  }

  @Test
  void fieldsAreElementsOrAttributesOfTheRecord() {
    Read read = Read.all(format("shop/orders/order"), ORDER, ORDERS);

    assertEquals(List.of(), read.bad());
    assertEquals(ROWS, read.rows());
    assertEquals(List.of(6L, 9L, 12L), read.lines());
  }

  @Test
  void givesTheSameRowsHoweverTheFileIsCut() {
    Random random = new Random(5);
    byte[] bytes = ORDERS.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 300; round++) {
      Read cut =
          Read.blocks(
              format("shop/orders/order"),
              Format.Decoding.of(ORDER),
              bytes,
              1 + random.nextInt(400),
              1 + random.nextInt(3));

      assertEquals(ROWS, cut.rows());
      assertEquals(List.of(), cut.bad());
      assertEquals(List.of(6L, 9L, 12L), cut.lines());
    }
  }

  @Test
  void withoutASchemaARecordIsAsParseXmlHasIt() {
    Read read = open("<a><r id='7'>x<b>1</b><b>2</b><c/></r><r>7</r><r/></a>");

    assertEquals(
        List.of(
            "{\"@id\":\"7\",\"b\":[\"1\",\"2\"],\"c\":\"\",\"#text\":\"x\"}",
            "{\"#text\":\"7\"}",
            "{}"),
        read.rows());
  }

  @Test
  void aPrefixIsAPartOfTheNameAndItsDeclarationNoData() {
    Read read = open("<a xmlns:p='urn:p'><r xmlns:q='urn:q' q:k='1' k='2'><p:b>3</p:b></r></a>");

    assertEquals(List.of("{\"@q:k\":\"1\",\"@k\":\"2\",\"p:b\":\"3\"}"), read.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "<a><r><id>7</r><r/></a>|D101 line 1: this is no well-formed XML: ",
        "<a><r>&nbsp;</r><r/></a>|D101 line 1: this is no well-formed XML: ",
        "<a><r x='1' x='2'/><r/></a>|D101 line 1: this is no well-formed XML: ",
        "<a><r><b c='<'/></r><r/></a>|D101 line 1: this is no well-formed XML: ",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a><r/></a>|D101 line 1: a document type (`<!DOCTYPE`) is not allowed",
        "<a><r>\u0001</r><r/></a>|D101 line 1: this is no well-formed XML: ",
      })
  void aBrokenRecordTakesNoOtherWithIt(String text, String complaint) {
    Read read = open(text);

    assertEquals(List.of("{}"), read.rows());
    assertEquals(1, read.bad().size(), read.bad().toString());
    assertTrue(read.bad().get(0).startsWith(complaint), read.bad().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "<a><r/>|the file ends where an element is still open",
        "<a><r><b></b>|the file ends within `<r><b></b>`",
        "<a><r/></a|the file ends within `</a`",
        "<b><r/></b>|the root must be `a`, not `<b>`",
        "plain|the file has no element `a`",
        "^^|the file has no element `a`",
      })
  void aFileThatIsCutOffOrAnotherIsNoSilentEnd(String text, String complaint) {
    Read read = open(text == null ? "" : text);

    assertEquals(List.of("D101 line 1: " + complaint), read.bad());
  }

  @Test
  void entitiesThatNameOthersAreNotKnownAndTakeNoTime() {
    StringBuilder text = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'x'>");
    for (int i = 1; i < 60; i++) {
      text.append("<!ENTITY e").append(i).append(" '").append(("&e" + (i - 1) + ";").repeat(9));
      text.append("'>");
    }
    Read read = open(text + "]><a><r>&e59;</r></a>");

    assertEquals(List.of(), read.rows());
    assertEquals(2, read.bad().size(), read.bad().toString());
  }

  @Test
  void depthAttributesAndSizeHaveLimits() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      attributes.append(" a").append(i).append("='1'");
    }
    Read read =
        Read.all(
            format("a/r"),
            new Format.Decoding(
                Schema.anything(),
                Set.of(),
                true,
                Format.UnknownFields.DROP,
                TextTypes.standard(),
                1 << 20),
            ("<a><r>"
                    + "<b>".repeat(100_000)
                    + "</b>".repeat(100_000)
                    + "</r><r"
                    + attributes
                    + "/><r/><r>"
                    + "x".repeat(1 << 20)
                    + "</r></a>")
                .getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of("{}"), read.rows());
    assertEquals(3, read.bad().size(), read.bad().toString());
    assertTrue(read.bad().get(0).contains("nested deeper than 100"), read.bad().get(0));
    assertTrue(read.bad().get(1).contains("more than 1000 attributes"), read.bad().get(1));
    assertTrue(read.bad().get(2).startsWith("D107"), read.bad().get(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<order><at>2026-01-01T00:00:00Z</at></order>|D103 line 1: `id` is missing",
        "<order id='x' at='2026-01-01T00:00:00Z'/>|D104 line 1: `id` must be a whole number of 64 bits, not `x`",
        "<order id='1'><at/></order>|D104 line 1: `at` must be ",
        "<order id='1'><id>1</id><id>2</id></order>|D104 line 1: `id` stands there 2 times, and is no list",
        "<order id='1'><at><b/></at></order>|D104 line 1: `at` must be ",
        "<order id='1' at='2026-01-01T00:00:00Z'><item sku='a'/></order>|D103 line 1: `item.quantity` is missing",
      })
  void whatTheSchemaDoesNotAllowSaysWhichFieldAndWhy(String text, String complaint) {
    Read read = Read.all(format("order"), ORDER, text);

    assertEquals(List.of(), read.rows());
    assertTrue(read.bad().get(0).startsWith(complaint), read.bad().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<r a='1'><b/></r>", "<r><a>1</a><c d='e'/></r>", "<r a='1' f='2'/>"})
  void unknownPartsAreRefusedWhereTheyMayNotBe(String text) {
    Format.Decoding strict =
        new Format.Decoding(
            Schema.of(Field.of("a", DataType.INT)),
            Set.of(),
            true,
            Format.UnknownFields.FAIL,
            TextTypes.standard(),
            1 << 20);

    Read read = Read.all(format("r"), strict, text.getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of(), read.rows());
    assertTrue(read.bad().get(0).startsWith("D105 line 1: `"), read.bad().toString());
  }
}
