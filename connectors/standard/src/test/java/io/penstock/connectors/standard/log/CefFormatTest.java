package io.penstock.connectors.standard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.TextTypes;
import io.penstock.connectors.standard.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CefFormatTest {
  private static final FormatConfig CEF = new CefConfig(Layout.LINES);
  private static final Schema OWN = CEF.format().traits().ownSchema().orElseThrow();
  private static final String EVENT =
      "CEF:0|Security|threat\\|manager|1.0|100|worm stopped|10|src=10.0.0.1 msg=a \\= b c\\nd  spt=1232";

  @Test
  void eventsAreRead() {
    assertEquals(
        List.of(
            "{\"header\":null,\"version\":0,\"vendor\":\"Security\",\"product\":\"threat|manager\",\"product_version\":\"1.0\",\"signature\":\"100\",\"name\":\"worm stopped\",\"severity\":\"10\",\"extensions\":{\"src\":\"10.0.0.1\",\"msg\":\"a = b c\\nd\",\"spt\":\"1232\"}}",
            "{\"header\":\"<34>Jan  2 03:04:05 host\",\"version\":1,\"vendor\":\"a\",\"product\":\"\",\"product_version\":\"\",\"signature\":\"\",\"name\":\"n\",\"severity\":\"High\",\"extensions\":{}}",
            "{\"header\":null,\"version\":0,\"vendor\":\"a\",\"product\":\"b\",\"product_version\":\"c\",\"signature\":\"d\",\"name\":\"e\",\"severity\":\"f\",\"extensions\":{\"empty\":\"\",\"a\":\"b=c\"}}"),
        Lines.good(
            CEF,
            OWN,
            EVENT
                + "\n<34>Jan  2 03:04:05 host CEF: 1.0|a||||n|High\nCEF:0|a|b|c|d|e|f|empty= a=b=c\n"));
  }

  @Test
  void extensionsMayBeDeclared() {
    Schema extensions =
        Schema.of(Field.of("spt", DataType.INT), Field.optional("rt", DataType.TIMESTAMP));
    Schema schema =
        Schema.of(
            Field.of("severity", DataType.INT),
            Field.of("extensions", new DataType.RecordOf(extensions)));
    Format.Decoding decoding =
        new Format.Decoding(
            schema,
            Set.of(),
            true,
            Format.UnknownFields.DROP,
            new TextTypes(
                Map.of(new FieldPath(List.of("extensions", "rt")), TextTypes.Epoch.EPOCH_MS)),
            1 << 20);
    String text = EVENT + " rt=1000\n" + EVENT.replace("spt=1232", "spt=x");

    Read read = Read.all(CEF.format(), decoding, text.getBytes(StandardCharsets.UTF_8));

    assertEquals(
        List.of("{\"severity\":10,\"extensions\":{\"spt\":1232,\"rt\":\"1970-01-01T00:00:01Z\"}}"),
        read.rows());
    assertEquals(
        List.of("D104 line 2: `extensions.spt` must be a whole number of 64 bits, not `x`"),
        read.bad());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "hello# D101 line 1: the event does not begin with `CEF:`, its version and a bar, at byte 0 of the record",
        "CEF:x|a|b|c|d|e|f|# D101 line 1: the event does not begin with `CEF:`, its version and a bar, at byte 0 of the record",
        "CEF:0|a|b|c# D101 line 1: the event has 4 of the 7 parts of a header, at byte 11 of the record",
        "CEF:0|a|b|c|d|e\\|f# D101 line 1: the event has 6 of the 7 parts of a header, at byte 18 of the record",
        "CEF:0|a|b|c|d|e|f|free text# D101 line 1: the extensions do not begin with a key, at byte 18 of the record",
        "CEF:0|a|b|c|d|é|f|x=1 y=2 x=3# D109 line 1: `x` stands there twice, at byte 27 of the record",
      })
  void whatIsWrongIsSaidWithItsPlace(String line, String expected) {
    assertEquals(List.of(expected), Read.all(CEF.format(), OWN, line).bad());
  }

  @Test
  void anyBytesAreCutAnyhow() {
    Random random = new Random(23);
    for (int round = 0; round < 2000; round++) {
      int at = random.nextInt(EVENT.length());
      String broken = EVENT.substring(0, at) + Lines.text(random, true) + EVENT.substring(at);

      Lines.cutAnyhow(CEF, OWN, EVENT + "\n" + broken + "\n" + EVENT, random);
    }
  }

  @Test
  void eventsAreOnlyRead() {
    assertFalse(CEF.format().traits().encodes());
  }
}
