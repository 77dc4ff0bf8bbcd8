package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines whose schemas stand in files of their own. */
final class SchemaFilesTest {
  private static final String AVRO =
      """
      {
        "type": "record", "name": "Order", "namespace": "shop",
        "fields": [
          {"name": "id", "type": "long"},
          {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "SENT"]}},
          {"name": "amount",
           "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
          {"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
          {"name": "note", "type": ["null", "string"], "default": null},
          {"name": "lines", "type": {"type": "array", "items": {
            "type": "record", "name": "Line",
            "fields": [{"name": "sku", "type": "string"}, {"name": "count", "type": "int"}]}}},
          {"name": "tags", "type": {"type": "map", "values": "string"}}
        ]
      }
      """;
  private static final String JSON_SCHEMA =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["id", "placed_at", "lines"],
        "properties": {
          "id": {"type": "integer"},
          "placed_at": {"type": "string", "format": "date-time"},
          "note": {"type": "string"},
          "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}}
        },
        "$defs": {
          "line": {
            "type": "object",
            "required": ["sku"],
            "properties": {"sku": {"type": "string"}, "count": {"type": "integer"}}
          }
        }
      }
      """;
  private static final String ORDERS =
      """
      {"id":1,"state":"NEW","amount":12.50,"placed_at":"2026-01-01T00:00:00Z","note":"é","lines":[{"sku":"a","count":2}],"tags":{"k":"v"}}
      {"id":2,"state":"SENT","amount":0.01,"placed_at":"2026-01-02T00:00:00Z","note":null,"lines":[],"tags":{}}
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("schemas"));
    Files.writeString(folder.resolve("schemas/order.avsc"), AVRO);
    Files.writeString(folder.resolve("schemas/order.schema.json"), JSON_SCHEMA);
    Files.writeString(folder.resolve("orders.jsonl"), ORDERS);
  }

  private Outcome run(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return new Terminal(folder).run("run", name, "--quiet");
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  @Test
  void oneAvroSchemaServesJsonAndContainersAlike() throws IOException {
    Outcome written =
        run(
            "write.yaml",
            """
            sources:
              orders:
                file: orders.jsonl
                schema: { avro: schemas/order.avsc }
            sinks:
              out:
                file: { path: out/orders.avro, format: { avro: { schema: "${file:schemas/order.avsc}" } } }
            """);
    Outcome read =
        run(
            "read.yaml",
            """
            schemas:
              order: { avro: schemas/order.avsc }
            sources:
              orders:
                file: out/orders.avro
                schema: order
            transforms:
              typed:
                filter: amount > 0.00 and placed_at < now() and (lines[0]?.count ?? 2) == 2 and (tags['k'] ?? 'v') == 'v'
            sinks:
              out:
                file: out/read.jsonl
            """);

    assertEquals(0, written.code(), written::all);
    assertEquals(0, read.code(), read::all);
    assertEquals(ORDERS.lines().toList(), lines("out/read.jsonl"));
  }

  @Test
  void theFieldsOfAJsonSchemaAreTyped() throws IOException {
    Outcome outcome =
        run(
            "pipeline.yaml",
            """
            sources:
              orders:
                file: orders.jsonl
                schema: { json_schema: schemas/order.schema.json }
            transforms:
              counted:
                set:
                  day: format_timestamp(placed_at, 'yyyy-MM-dd', 'UTC')
                  lines: size(lines)
            sinks:
              out:
                file: out/rows.jsonl
            """);

    assertEquals(0, outcome.code(), outcome::all);
    assertEquals(
        List.of(
            "{\"id\":1,\"placed_at\":\"2026-01-01T00:00:00Z\",\"note\":\"é\",\"lines\":1,\"day\":\"2026-01-01\"}",
            "{\"id\":2,\"placed_at\":\"2026-01-02T00:00:00Z\",\"note\":null,\"lines\":0,\"day\":\"2026-01-02\"}"),
        lines("out/rows.jsonl"));
  }

  @Test
  void whatIsSaidBesideASchemaHoldsForOneInAFile() throws IOException {
    Files.writeString(folder.resolve("orders.jsonl"), "{\"id\":3}\n{\"id\":4,\"more\":true}\n");
    String pipeline =
        """
        sources:
          orders:
            file: orders.jsonl
            schema: { json_schema: schemas/order.schema.json }
            optional_fields: %s
            unknown_fields: %s
        sinks:
          out:
            file: out/rows.jsonl
        """;

    Outcome declared = run("pipeline.yaml", pipeline.formatted("declared", "drop"));
    Outcome optional = run("pipeline.yaml", pipeline.formatted("all", "drop"));
    Outcome closed = run("pipeline.yaml", pipeline.formatted("all", "fail"));

    assertTrue(declared.all().contains("D103"), declared::all);
    assertEquals(0, optional.code(), optional::all);
    assertTrue(closed.all().contains("D105"), closed::all);
  }

  @Test
  void aSchemaFileThatChangesIsAPipelineThatChanges() throws IOException {
    String pipeline =
        """
        sources:
          orders:
            file: { path: in/*.jsonl, watch: true }
            schema: { json_schema: schemas/order.schema.json }
            event_time: placed_at
        transforms:
          first:
            deduplicate: { by: [id], within: 1h }
        sinks:
          out:
            file: { path: out/rows/, format: json }
        run: { mode: micro_batch }
        """;
    Files.createDirectories(folder.resolve("in"));
    Path orders = Files.writeString(folder.resolve("in/orders.jsonl"), ORDERS);
    // A watched file counts as whole once nobody has written into it for a while.
    Files.setLastModifiedTime(orders, FileTime.fromMillis(0));
    Outcome before = run("pipeline.yaml", pipeline);
    Files.writeString(
        folder.resolve("schemas/order.schema.json"),
        JSON_SCHEMA.replace("\"id\": {\"type\": \"integer\"}", "\"id\": {\"type\": \"string\"}"));

    Outcome after = run("pipeline.yaml", pipeline);

    assertEquals(0, before.code(), before::all);
    assertTrue(after.all().contains("R106"), after::all);
  }
}
