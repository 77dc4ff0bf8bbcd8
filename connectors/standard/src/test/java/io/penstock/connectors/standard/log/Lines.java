package io.penstock.connectors.standard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.connectors.standard.Read;
import io.penstock.connectors.standard.Written;
import io.penstock.connectors.standard.json.JsonConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Reading and writing in tests of these formats. */
final class Lines {
  private static final String[] LETTERS = {
    "a", "Z", "0", " ", "  ", "=", "\"", "\\", "]", "[", "|", "<", ":", ",", "-", "é", "€", "😀",
    "\t", "\u007f", "\uFEFF", "\\n", "u", "{", "}"
  };

  private Lines() {}

  /** Rows of JSON lines. */
  static Batch rows(Schema schema, String lines) {
    Format json = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
    Read read = Read.all(json, schema, lines);
    assertEquals(List.of(), read.bad());
    return read.batches().get(0);
  }

  /** Reads records that are all good. */
  static List<String> good(FormatConfig format, Schema schema, String text) {
    Read read = Read.all(format.format(), schema, text);
    assertEquals(List.of(), read.bad(), text);
    return read.rows();
  }

  /** Whatever rows are written is read back the same; returns what was written. */
  static String thereAndBack(FormatConfig format, Schema schema, String lines) {
    Written written = Written.all(format, rows(schema, lines));
    assertEquals(List.of(), written.rejects().rows());
    assertEquals(lines.lines().toList(), good(format, schema, written.text()), written.text());
    return written.text();
  }

  /** The same rows come of bytes however they are cut into blocks and batches. */
  static void cutAnyhow(FormatConfig format, Schema schema, String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Format.Decoding decoding = Format.Decoding.of(schema);
    Read whole = Read.all(format.format(), decoding, bytes);
    Read cut =
        Read.blocks(
            format.format(), decoding, bytes, 1 + random.nextInt(40), 1 + random.nextInt(3));
    assertEquals(whole.taken(), cut.taken(), text);
    assertEquals(whole.blankLines(), cut.blankLines(), text);
  }

  /** A text that is awkward, perhaps an empty one. */
  static String text(Random random, boolean feeds) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(
          feeds && random.nextInt(12) == 0 ? "\n" : LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  /** The text as JSON. */
  static String quoted(String text) {
    return io.penstock.json.Json.ofText(text).toText();
  }
}
