package io.penstock.connectors.standard.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.connectors.standard.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextFormatTest {
  private static final Schema SCHEMA =
      new TextFormat(eachLine()).traits().ownSchema().orElseThrow();

  @Test
  void makesARecordOfEachLine() {
    Read read = read(eachLine(), "a é\r\n\nb\n c");

    assertEquals(List.of("a é", "b", " c"), lines(read));
    assertEquals(List.of(1L, 3L, 4L), read.lines());
    assertEquals(1, read.blankLines());
  }

  @Test
  void joinsLinesByTheirBeginnings() {
    Records starts = Records.of(Optional.of("^\\d"), Optional.empty(), Optional.empty(), 3);

    assertEquals(
        List.of("lost", "1 a\n  b", "2 c", "3\n x\n y", " z"),
        lines(read(starts, "lost\n1 a\n  b\n2 c\n3\n x\n y\n z\n")));
  }

  @Test
  void joinsLinesThatContinue() {
    Records continues = Records.of(Optional.empty(), Optional.of("^\\s"), Optional.empty(), 10);

    assertEquals(List.of("a\n b\n c", "d"), lines(read(continues, "a\n b\n c\nd\n")));
  }

  @Test
  void endsARecordWithALine() {
    Records ends = Records.of(Optional.empty(), Optional.empty(), Optional.of(";$"), 10);

    assertEquals(List.of("a\nb;", "c;", "d"), lines(read(ends, "a\nb;\nc;\nd")));
  }

  @Test
  void givesTheSameRowsHoweverTheFileIsCut() {
    Random random = new Random(3);
    List<Records> kinds =
        List.of(
            eachLine(),
            Records.of(Optional.of("^1"), Optional.empty(), Optional.empty(), 3),
            Records.of(Optional.empty(), Optional.of("^ "), Optional.empty(), 3),
            Records.of(Optional.empty(), Optional.empty(), Optional.of("1$"), 3));
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      String[] pieces = {"1", " ", "é", "\n", "\r\n", "x"};
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Records records = kinds.get(round % kinds.size());
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      Read whole = read(records, text.toString());

      Read cut =
          Read.blocks(
              new TextFormat(records),
              Format.Decoding.of(SCHEMA),
              bytes,
              1 + random.nextInt(8),
              1 + random.nextInt(3));

      assertEquals(whole.rows(), cut.rows(), text.toString());
    }
  }

  private static Records eachLine() {
    return Records.of(Optional.empty(), Optional.empty(), Optional.empty(), 1);
  }

  private static Read read(Records records, String text) {
    return Read.all(new TextFormat(records), SCHEMA, text);
  }

  private static List<String> lines(Read read) {
    return read.rows().stream()
        .map(row -> io.penstock.json.Json.parse(row).member("line").orElseThrow())
        .map(line -> line.asText().orElseThrow())
        .toList();
  }
}
