package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record past the limit is one record error, however long it is, in half a GiB of heap. */
final class LongRecordsTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          csv   | schema: { a: string },  |
          json  | schema: { a: string },  | {"a":"%s"}
          text  | ''                      |
          """)
  void longRecordsAreRecordErrorsAndTheOthersAreThere(String name, String schema, String record)
      throws Exception {
    String frame = record == null ? "%s" : record;
    write(name, frame);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        sources:
          rows: { file: { path: rows, format: %s }, %s on_error: skip }
        sinks:
          out: { file: { path: out.txt, format: { text: { line: "{%s}" } } } }
        """
            .formatted(name, schema, name.equals("text") ? "line" : "a"));
    try (Session session = Session.plain(folder)) {
      session.does("OPTS=-Xmx512m");

      session.starts("run pipeline.yaml");

      assertEquals(0, session.exit(), session::toString);
      assertTrue(session.toString().contains("D107  the record is longer than 16777216 bytes"));
      List<String> lines = Files.readAllLines(folder.resolve("out.txt"));
      assertEquals(List.of(1, 15 * MIB, 1), lines.stream().map(String::length).toList());
      List<String> counts = List.of(session.line("rows  source").trim().split(" +"));
      assertEquals(List.of("5", "3", "2"), counts.subList(2, 5), session::toString);
    }
  }

  /** Records of 1 byte, 15 MiB, 17 MiB, 1 GiB (which takes no room on the disk) and 1 byte. */
  private void write(String format, String frame) throws IOException {
    byte[] before = frame.replaceFirst("%s.*", "").getBytes(StandardCharsets.UTF_8);
    byte[] after = (frame.replaceFirst(".*%s", "") + "\n").getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("rows").toFile(), "rw")) {
      if (format.equals("csv")) {
        file.write("a\n".getBytes(StandardCharsets.UTF_8));
      }
      for (int length : new int[] {1, 15 * MIB, 17 * MIB, 1024 * MIB, 1}) {
        file.write(before);
        if (length == 1024 * MIB) {
          file.seek(file.getFilePointer() + length);
        } else {
          file.write("x".repeat(length).getBytes(StandardCharsets.UTF_8));
        }
        file.write(after);
      }
    }
  }
}
