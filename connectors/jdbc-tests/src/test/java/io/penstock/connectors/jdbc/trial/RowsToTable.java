package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Files of rows, and a pipeline that brings them to a table. */
record RowsToTable(Server server, Path folder) {
  /** The schema of {@link #numbers}. */
  static final String NUMBERS = "{ id: int, name: string }";

  /**
   * The pipeline.
   *
   * @param options of the sink
   */
  Program program(String schema, String options) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: rows/*.jsonl
            schema: %s
        sinks:
          out:
            jdbc: { %s, timeout: 5s, %s }
        dead_letter:
          file: { path: letters/, format: json }
          stop_above: { rate: 100%%, of_last: 1000000 }
        """
            .formatted(schema, server.options(), options));
    return program;
  }

  /** A file of these rows. */
  void rows(String file, List<String> lines) throws IOException {
    Path path = Files.createDirectories(folder.resolve("rows")).resolve(file);
    Files.write(path, lines);
    // A file that was changed just now is left for the next look.
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(10)));
  }

  /** A file of numbered rows. */
  void numbers(String file, int from, int to) throws IOException {
    rows(
        file,
        IntStream.range(from, to)
            .mapToObj(n -> "{\"id\":" + n + ",\"name\":\"n" + n + "\"}")
            .toList());
  }
}
