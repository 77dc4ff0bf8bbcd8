package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.connectors.standard.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesFormatTest {
  private static final FormatConfig ENVELOPE =
      new JsonConfig(
          JsonConfig.Layout.LINES,
          JsonConfig.Nulls.OMIT,
          JsonConfig.Changes.ENVELOPE,
          java.util.Optional.empty());
  private static final FormatConfig DEBEZIUM =
      new DebeziumConfig(List.of("id"), DebeziumConfig.Before.LOGGED);
  private static final FormatConfig REMEMBERED =
      new DebeziumConfig(List.of("id"), DebeziumConfig.Before.REMEMBERED);
  private static final Schema CUSTOMER =
      Schema.of(Field.of("id", DataType.INT), Field.optional("name", DataType.STRING));

  @Test
  void readsAndWritesOneLineForEachChange() {
    String text =
        """
        {"op":"insert","after":{"id":1,"name":"Ann"}}
        {"op":"update","before":{"id":1,"name":"Ann"},"after":{"id":1}}
        {"op":"delete","before":{"id":1}}
        """;

    ChangeRows read = ChangeRows.read(ENVELOPE.format(), CUSTOMER, text, 4096);

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "INSERT {\"id\":1,\"name\":\"Ann\"}",
            "UPDATE_BEFORE {\"id\":1,\"name\":\"Ann\"}",
            "UPDATE_AFTER {\"id\":1}",
            "DELETE {\"id\":1}"),
        read.rows());
    assertEquals(text, Written.all(ENVELOPE, read.batches().get(0)).text());
  }

  @Test
  void readsDebeziumWithAndWithoutPayload() {
    String text =
        """
        {"before":null,"after":{"id":1,"name":"Ann"},"source":{"lsn":7},"op":"r","ts_ms":1}
        {"schema":{"type":"struct"},"payload":{"op":"c","after":{"id":2,"name":"Bo"}}}
        {"payload":{"before":{"id":2,"name":"Bo"},"after":{"id":2,"name":null},"op":"u"},"schema":{}}
        {"before":{"id":1,"name":"Ann"},"after":null,"op":"d"}
        null
        {"schema":null,"payload":null}

        """;

    ChangeRows read = ChangeRows.read(DEBEZIUM.format(), CUSTOMER, text, 4096);

    assertEquals(List.of(), read.bad());
    assertEquals(3, read.skipped());
    assertEquals(
        """
        {"op":"c","before":null,"after":{"id":1,"name":"Ann"}}
        {"op":"c","before":null,"after":{"id":2,"name":"Bo"}}
        {"op":"u","before":{"id":2,"name":"Bo"},"after":{"id":2,"name":null}}
        {"op":"d","before":{"id":1,"name":"Ann"},"after":null}
        """,
        Written.all(DEBEZIUM, read.batches().get(0)).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"op":"upsert","after":{"id":1}} | D104 line 1: `op` must be insert, update or delete, not `upsert`
          {"op":7,"after":{"id":1}} | D104 line 1: `op` must be a text, not `7`
          {"after":{"id":1}} | D103 line 1: `op` is missing
          {"op":"insert"} | D103 line 1: `after` is missing
          {"op":"insert","after":null} | D103 line 1: `after` is missing
          {"op":"update","after":{"id":1}} | D103 line 1: `before` is missing
          {"op":"delete"} | D103 line 1: `before` is missing
          {"op":"insert","after":[1]} | D104 line 1: `after` must be an object, not `[1]`
          {"op":"insert","before":{"id":1},"after":{"id":1}} | D110 line 1: `before` is there, but `op` is `insert`, which has none
          {"op":"delete","before":{"id":1},"after":{"id":1}} | D110 line 1: `after` is there, but `op` is `delete`, which has none
          {"op":"update","before":{"id":1},"after":{"name":"x"}} | D103 line 1: in `after`, `id` is missing
          {"op":"update","before":{"id":"1"},"after":{"id":1}} | D104 line 1: in `before`, `id` must be a whole number of 64 bits, not `"1"`
          {"op":"insert","op":"insert","after":{"id":1}} | D109 line 1: the name `op` stands there twice, at byte 15 of the record
          {"op":"insert","after":{"id":1,"id":2}} | D109 line 1: the name `id` stands there twice, at byte 31 of the record
          {"op":"oops","after":{"id":1} | D101 line 1: the text ends where `,` or `}` is expected, at byte 29 of the record
          {"op":"insert","after":{"id":1}} x | D101 line 1: something follows the value: `x`, at byte 33 of the record
          {"op":"insert","payload":{},"after":{"id":"x"}} | D104 line 1: in `after`, `id` must be a whole number of 64 bits, not `"x"`
          null | D104 line 1: a change must be an object, not `null`
          [] | D104 line 1: a change must be an object, not `[]`
          """)
  void namesWhatIsWrongWithAChange(String line, String complaint) {
    refuses(ENVELOPE, line, complaint, "{\"op\":\"insert\",\"after\":{\"id\":9}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"op":"x","after":{"id":1}} | D104 line 1: `op` must be c, r, u or d, not `x`
          {"op":"t","before":null} | D110 line 1: `op` is `t`, which empties the table, and does not say which rows go
          {"op":"m"} | D110 line 1: `op` is `m`, which is a message, and changes no row
          {"op":"u","before":null,"after":{"id":1}} | D110 line 1: `before` is missing, so the row that goes is not known; let the database log whole rows (in PostgreSQL `REPLICA IDENTITY FULL`), or say `before: remembered` beside `key`
          {"op":"d","before":{"name":"x"}} | D103 line 1: in `before`, `id` is missing
          {"payload":{"after":{"id":1}}} | D103 line 1: `op` is missing
          {"payload":{"op":"c","op":"c"}} | D109 line 1: the name `op` stands there twice, at byte 21 of the record
          {"payload":{"op":"c","after":{"id":1,"id":1}}} | D109 line 1: the name `id` stands there twice, at byte 37 of the record
          {"payload":7} | D104 line 1: `payload` must be an object, not `7`
          """)
  void namesWhatIsWrongWithADebeziumChange(String line, String complaint) {
    refuses(DEBEZIUM, line, complaint, "{\"op\":\"c\",\"after\":{\"id\":9}}");
  }

  @Test
  void ofRowsThatGoTheKeyWillDoWhereTheyAreRemembered() {
    Schema whole = Schema.of(Field.of("id", DataType.INT), Field.of("name", DataType.STRING));
    String text =
        """
        {"op":"u","before":null,"after":{"id":1,"name":"Ann"}}
        {"op":"u","before":{"id":1,"name":null},"after":{"id":2,"name":"Ann"}}
        {"op":"d","before":{"id":2},"after":null}
        """;

    ChangeRows read = ChangeRows.read(REMEMBERED.format(), whole, text, 4096);

    assertEquals(List.of(), read.bad());
    assertEquals(
        List.of(
            "UPDATE_AFTER {\"id\":1,\"name\":\"Ann\"}",
            "UPDATE_BEFORE {\"id\":1}",
            "UPDATE_AFTER {\"id\":2,\"name\":\"Ann\"}",
            "DELETE {\"id\":2}"),
        read.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"op":"d","before":null} | D110 line 1: `before` is missing, and a delete has its key nowhere else
          {"op":"d","before":{"name":"x"}} | D103 line 1: in `before`, `id` is missing
          {"op":"d","before":{"id":"x"}} | D104 line 1: in `before`, `id` must be a whole number of 64 bits, not `"x"`
          {"op":"u","before":{"id":1,"name":7},"after":{"id":1}} | D104 line 1: in `before`, `name` must be a text, not `7`
          {"op":"u","before":null,"after":{"name":"x"}} | D103 line 1: in `after`, `id` is missing
          {"op":"c","before":{"id":1},"after":{"id":1}} | D110 line 1: `before` is there, but `op` is `c`, which has none
          """)
  void namesWhatIsWrongWithARememberedChange(String line, String complaint) {
    refuses(REMEMBERED, line, complaint, "{\"op\":\"c\",\"after\":{\"id\":9}}");
  }

  private static void refuses(FormatConfig format, String line, String complaint, String good) {
    ChangeRows read = ChangeRows.read(format.format(), CUSTOMER, line + "\n" + good, 4096);

    assertEquals(List.of(complaint), read.bad());
    assertEquals(List.of("INSERT {\"id\":9}"), read.rows());
  }

  @Test
  void halvesThatStandAloneAreDeletesAndInserts() {
    String text = "{\"op\":\"update\",\"before\":{\"id\":1},\"after\":{\"id\":2}}\n".repeat(2);
    Batch rows = ChangeRows.read(ENVELOPE.format(), CUSTOMER, text, 4096).batches().get(0);

    assertEquals(
        List.of(
            "{\"op\":\"insert\",\"after\":{\"id\":2}}",
            "{\"op\":\"delete\",\"before\":{\"id\":1}}"),
        Written.lines(ENVELOPE, rows.gather(new int[] {1, 2}, 2)));
  }

  @Test
  void refusesBothRowsOfAnUpdateThatJsonCannotHold() {
    Schema schema = Schema.of(Field.of("x", DataType.DOUBLE));
    Column[] columns = {new Column.Doubles(4, new double[] {1, 2, Double.NaN, 3}, null)};
    Batch rows = Batch.of(schema, 4, columns, Provenance.none("test"));
    Column.Longs kinds = new Column.Longs(4, new long[] {0, 1, 2, 3}, null);
    Batch changes = rows.with(rows.marks().withOperations(Optional.of(kinds)));

    Written written = Written.all(ENVELOPE, changes);

    assertEquals(
        "{\"op\":\"insert\",\"after\":{\"x\":1.0}}\n{\"op\":\"delete\",\"before\":{\"x\":3.0}}\n",
        written.text());
    assertEquals(List.of(1, 2), written.rejects().rows().stream().map(r -> r.row()).toList());
    assertTrue(written.rejects().rows().get(0).message().startsWith("`x` is NaN"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096})
  void whatIsWrittenIsReadBack(int batchRows) {
    Random random = new Random(5);
    for (FormatConfig format : List.of(ENVELOPE, DEBEZIUM)) {
      String text = random(random, format == DEBEZIUM);
      ChangeRows read = ChangeRows.read(format.format(), CUSTOMER, text, batchRows);
      StringBuilder again = new StringBuilder();
      read.batches().forEach(batch -> again.append(Written.all(format, batch).text()));

      assertEquals(List.of(), read.bad());
      assertEquals(
          read.rows(), ChangeRows.read(format.format(), CUSTOMER, again.toString(), 4096).rows());
      assertEquals(300, again.toString().lines().count());
    }
  }

  private static String random(Random random, boolean debezium) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      int kind = random.nextInt(3);
      String op =
          (debezium ? List.of("c", "u", "d") : List.of("insert", "update", "delete")).get(kind);
      List<String> members = new ArrayList<>(List.of("\"op\": \"" + op + "\"", "\"more\": [1]"));
      if (kind > 0) {
        members.add(random.nextInt(3), "\"before\" : " + row(random));
      }
      if (kind < 2) {
        members.add(random.nextInt(3), "\"after\":" + row(random));
      }
      text.append("{ ").append(String.join(" , ", members)).append("}\r\n");
    }
    return text.toString();
  }

  private static String row(Random random) {
    String name = List.of("null", "\"\\n{\"", "\"\u00e9\"").get(random.nextInt(3));
    return "{\"name\":" + name + ",\"id\":" + random.nextInt(1000) + "}";
  }
}
