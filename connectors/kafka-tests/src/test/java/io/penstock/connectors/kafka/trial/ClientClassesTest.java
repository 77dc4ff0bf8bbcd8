package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's client costs nothing where it is not used. */
final class ClientClassesTest {
  private static final String LOADED = "-Xlog:class+load:file=classes.log";

  @TempDir Path folder;

  private Outcome outcome(String pipeline, String... arguments)
      throws IOException, InterruptedException {
    Program program = new Program(folder);
    program.write(pipeline);
    return program.ended(program.start(List.of(LOADED), arguments));
  }

  private String loaded() throws IOException {
    return Files.readString(folder.resolve("classes.log"));
  }

  @Test
  void noneIsLoadedWhereNoPipelineNamesKafka() throws Exception {
    Outcome outcome =
        outcome(
            """
            sources:
              rows:
                generator: { count: 3, fields: { id: n } }
            sinks:
              out:
                file: out.jsonl
            """);

    assertEquals(0, outcome.code(), outcome::text);
    assertTrue(loaded().contains("io.penstock.connectors.kafka.KafkaCatalogue"));
    assertFalse(loaded().contains("org.apache.kafka."));
  }

  private void saysAll(String sink, String... parts) throws Exception {
    Outcome outcome =
        outcome(
            """
            sources:
              rows:
                generator: { count: 3, fields: { id: n, name: "'n' + n" } }
            sinks:
              out:
                kafka:
                  brokers: localhost:9092
            """
                + sink.indent(6));

    assertEquals(2, outcome.code(), outcome::text);
    for (String part : parts) {
      assertTrue(outcome.text().contains(part), () -> part + "\n" + outcome.text());
    }
    assertFalse(loaded().contains("org.apache.kafka."));
  }

  @Test
  void whatIsWrongWithOptionsIsToldTogetherAndInPlace() throws Exception {
    saysAll(
        """
        topic: no/name
        format: json
        transaction_timeout: 2d
        properties: { sasl.jaas.config: x, lingerms: "5", compression.type: gzip }
        retry: { first: 1m, at_most: 1s }
        """,
        "pipeline.yaml:8:7  E104  `topic` must be a topic's name",
        "pipeline.yaml:10:7  E105  `transaction_timeout` must lie between",
        "`properties` may not set `sasl.jaas.config`",
        "`properties` may not set `lingerms`",
        "did you mean `linger.ms`?",
        "that is what `compression` says",
        "pipeline.yaml:12:16  E110  `first` is more than nothing");
  }

  @Test
  void whatIsWrongWithExpressionsIsToldTogetherAndInPlace() throws Exception {
    saysAll(
        """
        topic: "t-{nobody}"
        format: { csv: { header: true } }
        partition: name
        timestamp: id
        key: missing
        """,
        "pipeline.yaml:8:18  E024  `nobody` is no field here",
        "pipeline.yaml:9:7  E110  each record is written by itself",
        "pipeline.yaml:10:18  E402",
        "pipeline.yaml:11:18  E402",
        "pipeline.yaml:12:12  E024  `missing` is no field here");
  }
}
