package io.penstock.dsl.language.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.bind.BindRequest;
import io.penstock.dsl.language.bind.PipelineBinder;
import io.penstock.dsl.language.bind.TestCatalogue;
import io.penstock.dsl.language.emission.EmitCatalogue;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.schedule.ScheduleCatalogue;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.syntax.SyntaxTree;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.language.transform.TransformCatalogue;
import io.penstock.dsl.language.transform.TransformConfig;
import io.penstock.dsl.language.window.WindowCatalogue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema accepts what the binder accepts, and refuses what it refuses for its form. */
final class EditorSchemaTest {
  private static final Components COMPONENTS =
      Components.of(
          List.of(
              new TestCatalogue(),
              new TransformCatalogue(),
              new ScheduleCatalogue(),
              new WindowCatalogue(),
              new EmitCatalogue()));
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(EditorSchema.of(COMPONENTS, TransformConfig.class), InputFormat.JSON);

  @Test
  void acceptsAFileThatUsesEverything() throws IOException {
    String yaml = Files.readString(Path.of("src/test/resources/cases/bind/good.yaml"));

    assertEquals("[]", SCHEMA.validate(json(tree(yaml).root())).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sources: { a: { file: x } }",
        "sources: { a: { file: [x, y] } }",
        "sources: { a: { file: { path: x, max_record: 5 } } }",
        "sources: { a: { file: { path: x, charst: utf-8 } } }",
        "sources: { a: { file: x, generator: { count: 1 } } }",
        "sources: { a: { schema: { a: int } } }",
        "sources: { a: { file: x, schema: { avro: order.avsc } } }",
        "schemas: { a: { json_schema: { file: a.json } } }",
        "sources: { A: { file: x } }",
        "sources: { a: { generator: { count: -1 } } }",
        "sources: { a: { generator: } }",
        "sources: { a: { file: x, on_error: never } }",
        "sources: { a: { kafka: x } }",
        "transforms: { a: { filter: a > 1 } }",
        "transforms: { a: { filter: true } }",
        "transforms: { a: { select: [a, { b: c }] } }",
        "transforms: { a: { set: [a] } }",
        "transforms: { a: { limit: 5, from: [b, c.failed] } }",
        "transforms: { a: { limit: \"5\" } }",
        "transforms: { a: { limit: five } }",
        "transforms: { a: { limit: } }",
        "transforms: { a: { steps: [{ filter: a, when: b }] } }",
        "transforms: { a: { steps: [{ filter: a, limit: 1 }] } }",
        "transforms: { a: { steps: { filter: a } } }",
        "transforms: { a: { convert: { a: int } } }",
        "transforms: { a: { convert: { to: x, failing: null } } }",
        "transforms: { a: { choose: [{ when: a, steps: [{ limit: 1 }] }, { steps: [{ limit: 1 }] }] } }",
        "sinks: { a: { console: } }",
        "sinks: { a: { console: json } }",
        "sinks: { a: { console: { format: json } } }",
        "sinks: { a: { console: { format: { json: array } } } }",
        "sinks: { a: { console: { format: { json: array, csv: {} } } } }",
        "sinks: { a: { console: { format: [] } } }",
        "sinks: { a: { discard: {} } }",
        "sinks: { a: { discard: x } }",
        "sinks: { a: { api: { url: x, wait: yes } } }",
        "sinks: { a: { api: { url: x, wait: true } } }",
        "sinks: { a: { api: { url: x, wait: \"true\" } } }",
        "sinks: { a: { api: { url: x, retry: { at_most: 1s } } } }",
        "sinks: { a: { api: { url: x, retry: 1s } } }",
        "sinks: { a: { api: { url: x, in_flight: 2000 } } }",
        "sinks: { a: { api: { in_flight: 2 } } }",
        "sinks: { a: { api: { url: x, then: drop_all } } }",
        "sinks: { a: { api: { url: x, share: 1% } } }",
        "parameters: { a: int }\nrun: { mode: sometimes }",
        "run: { mode: micro_batch, batch: { max_rows: 10 } }",
        "run: { batch: { max_rows: 0 } }",
        "soruces: {}",
        "version: 2",
        "version: 1",
        "tables: { a: { rows: [{ a: 1 }], key: a } }",
        "tables: { a: { file: x } }",
      })
  void agreesWithTheBinder(String yaml) {
    Problems problems = new Problems();
    new PipelineBinder(COMPONENTS, TransformConfig.class)
        .bind(
            new BindRequest(
                SourceText.of("t.yaml", yaml + "\n"),
                java.util.Map.of("a", "1"),
                name -> Optional.of("x"),
                path -> new byte[0]),
            problems);
    boolean bound =
        problems.inFileOrder().stream().noneMatch(p -> !p.isWarning() && p.origin().line() > 0);

    assertEquals(
        bound,
        SCHEMA.validate(json(tree(yaml).root())).isEmpty(),
        problems.inFileOrder() + "\n" + SCHEMA.validate(json(tree(yaml).root())));
  }

  private static SyntaxTree tree(String yaml) {
    return SyntaxTree.read(SourceText.of("t.yaml", yaml + "\n"), new Problems()).orElseThrow();
  }

  /** As an editor reads YAML: plain numbers, true, false and null are no texts. */
  private static JsonNode json(SyntaxNode node) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (node instanceof Mapping mapping) {
      ObjectNode object = json.objectNode();
      mapping.entries().forEach(e -> object.set(e.name(), json(e.value())));
      return object;
    }
    if (node instanceof Sequence sequence) {
      ArrayNode array = json.arrayNode();
      sequence.elements().forEach(e -> array.add(json(e)));
      return array;
    }
    Scalar scalar = (Scalar) node;
    String text = scalar.text();
    if (scalar.style() != Scalar.Style.PLAIN) {
      return json.stringNode(text);
    }
    if (scalar.isNull()) {
      return json.nullNode();
    }
    if (text.equals("true") || text.equals("false")) {
      return json.booleanNode(text.equals("true"));
    }
    if (text.matches("-?[0-9]{1,18}")) {
      return json.numberNode(Long.parseLong(text));
    }
    return text.matches("-?[0-9]+\\.[0-9]+")
        ? json.numberNode(new BigDecimal(text))
        : json.stringNode(text);
  }
}
