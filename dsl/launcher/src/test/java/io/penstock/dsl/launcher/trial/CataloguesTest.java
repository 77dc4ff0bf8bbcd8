package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.SchemaConfig;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.option.Catalogue;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.dsl.language.emission.EmitConfig;
import io.penstock.dsl.language.schedule.ScheduleConfig;
import io.penstock.dsl.language.transform.TransformCatalogue;
import io.penstock.dsl.language.window.WindowConfig;
import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The laws that every component of every catalogue keeps. */
final class CataloguesTest {
  private static final String SENTENCE = "(?s)[A-Z].*[.]";
  private static final String SNAKE_CASE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

  private static final String AVRO =
      "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
  private static final String JSON_SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}";

  private static final String SHARED =
      """
      tables:
        countries:
          rows: [{ code: FR, name: France }]
          schema: { code: string, name: string }
          key: code
      chains:
        httpd:
          steps:
            - set: { seen: 'true' }
      """;
  private static final String SOURCE =
      """
      sources:
        rows:
          file: { path: rows.jsonl, format: json }
          schema:
            id: int
            order_id: string
            customer: string
            country: string
            kind: string
            service: string
            line: string
            price: decimal(12,2)
            amount: double
            status: string
            card: string
            at: timestamp
            Airport Name: string
            address: { street: string, city: string }
            lines: [{ sku: string }]
          event_time: at
      """;
  private static final String SINK =
      """
      sinks:
        nowhere:
          discard: {}
      """;

  @TempDir Path temporary;

  @Test
  void thereAreComponents() {
    assertTrue(components().size() >= 30, () -> components().toString());
  }

  @TestFactory
  Stream<DynamicTest> declarationsAreComplete() {
    return components().stream()
        .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> checkDeclaration(type)));
  }

  @TestFactory
  Stream<DynamicTest> examplesAreValid() {
    return components().stream()
        .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> checkExample(type)));
  }

  @Test
  void namesOfARoleAreUnique() {
    for (Class<?> role :
        List.of(
            SourceConfig.class,
            SinkConfig.class,
            LookupConfig.class,
            FormatConfig.class,
            SchemaConfig.class,
            ScheduleConfig.class,
            WindowConfig.class,
            EmitConfig.class)) {
      List<String> names =
          components().stream()
              .filter(role::isAssignableFrom)
              .map(t -> component(t).name())
              .toList();
      assertEquals(names.stream().distinct().toList(), names);
    }
  }

  private static List<Class<? extends Record>> components() {
    List<Class<? extends Record>> all = new ArrayList<>(new TransformCatalogue().components());
    for (Catalogue catalogue : ServiceLoader.load(Catalogue.class)) {
      catalogue.components().stream().filter(c -> !all.contains(c)).forEach(all::add);
    }
    return all;
  }

  private static Component component(Class<?> type) {
    Component component = type.getAnnotation(Component.class);
    assertNotNull(component, type.getName());
    return component;
  }

  private static void checkDeclaration(Class<? extends Record> type) {
    Component component = component(type);
    assertTrue(component.name().matches(SNAKE_CASE), component.name());
    assertTrue(component.summary().matches(SENTENCE), component.summary());
    assertTrue(component.example().contains(component.name()), component.example());
    int mains = 0;
    for (RecordComponent field : type.getRecordComponents()) {
      Option option = field.getAnnotation(Option.class);
      assertNotNull(option, field.getName());
      assertTrue(option.value().matches(SENTENCE), option.value());
      mains += option.main() ? 1 : 0;
    }
    assertTrue(mains <= 1, "more than one main option");
  }

  private void checkExample(Class<? extends Record> type) throws IOException {
    Component component = component(type);
    String source = SOURCE;
    if (component.example().contains("as: line")) {
      source = source.replace("      line: string\n", "");
    }
    String text = SHARED;
    if (SourceConfig.class.isAssignableFrom(type)) {
      text += "sources:\n  rows:\n" + indented(component.example(), 4) + SINK;
    } else if (SinkConfig.class.isAssignableFrom(type)) {
      text += source + "sinks:\n  out:\n" + indented(component.example(), 4);
    } else if (List.of("none", "cef").contains(component.name())) {
      text += "sources:\n  rows:\n    console:\n      format:\n";
      text += indented(component.example(), 8) + SINK;
    } else if (FormatConfig.class.isAssignableFrom(type)) {
      text += source + "sinks:\n  out:\n    file:\n      path: out/rows\n      format:\n";
      text += indented(component.example(), 8);
    } else if (SchemaConfig.class.isAssignableFrom(type)) {
      text += "sources:\n  rows:\n    file: rows.jsonl\n    schema:\n";
      text += indented(component.example(), 6) + SINK;
    } else if (ScheduleConfig.class.isAssignableFrom(type)) {
      text += source + SINK + "run:\n" + indented(component.example(), 2);
    } else if (WindowConfig.class.isAssignableFrom(type)) {
      text += "sources:\n  rows:\n    generator: { count: 3, fields: { n: n } }\n";
      text += "    event_time: to_timestamp('1970-01-01T00:00:00Z')\ntransforms:\n";
      text += "  first:\n    aggregate:\n      window: { tumbling: 1s }\n";
      text += "      compute: { count: count(), event: max('login') }\n  step:\n    aggregate:\n";
      text += indented(component.example(), 6) + "      compute: { rows: count() }\n" + SINK;
    } else if (EmitConfig.class.isAssignableFrom(type)) {
      text += "sources:\n  rows:\n    generator: { count: 3, fields: { n: n } }\n";
      text += "    event_time: to_timestamp('1970-01-01T00:00:00Z')\ntransforms:\n";
      text += "  step:\n    aggregate:\n";
      text += indented(component.example(), 6) + "      compute: { rows: count() }\n" + SINK;
    } else if (component.name().equals("join")) {
      String rows = "    generator: { count: 3, fields: { order_id: n, %s: n } }\n";
      String time = "    event_time: to_timestamp('1970-01-01T00:00:00Z')\n";
      text += "sources:\n  payments:\n" + rows.formatted("paid") + time;
      text +=
          "  rows:\n" + rows.formatted("sold") + time + "transforms:\n  step:\n    from: rows\n";
      text +=
          indented(component.example(), 4) + SINK + "  late: { from: step.late, discard: {} }\n";
    } else {
      text += source + "transforms:\n  step:\n" + indented(component.example(), 4);
      text += component.name().equals("route") ? SINK + "    from: step.large\n" : SINK;
    }
    if (component.name().equals("protobuf")) {
      Files.write(temporary.resolve("orders.desc"), descriptors());
    }
    Files.writeString(temporary.resolve("order.avsc"), AVRO);
    Files.writeString(temporary.resolve("order.schema.json"), JSON_SCHEMA);
    Path file = Files.writeString(temporary.resolve(type.getSimpleName() + ".yaml"), text);

    Outcome outcome = new Terminal(temporary).run("validate", file.toString(), "--allow-java");

    String shown = text;
    assertEquals(0, outcome.code(), () -> shown + outcome.all());
  }

  /** What protoc makes of a file with a message {@code shop.Order} that has the field id. */
  private static byte[] descriptors() {
    String bytes =
        "\n1\n\forders.proto\u0012\u0004shop\"\u0013\n\u0005Order\u0012\n\n\u0002id"
            + "\u0018\u0001 \u0001(\u0003b\u0006proto3";
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String indented(String text, int spaces) {
    return text.stripIndent().strip().indent(spaces);
  }
}
