package io.penstock.connectors.avro;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.Registry.OnWrite;
import io.penstock.connectors.registry.SchemaKind;
import java.util.List;
import java.util.Optional;

/** The options of the Avro format. */
@Component(
    name = "avro",
    summary = "Avro: files that say their schema, or records each by itself.",
    example = "avro: container",
    suffixes = ".avro")
public record AvroConfig(
    @Option(
            value =
                "What the bytes are: `container`, a file with a schema and blocks of records;"
                    + " `single`, one record, such as a message of a queue.",
            byDefault = "container",
            main = true)
        Layout layout,
    @Option(
            "An Avro schema as JSON, mostly a file's: `${file:orders.avsc}`. What is read is"
                + " brought to it, by Avro's rules; what is written has it.")
        Optional<String> schema,
    @Option(
            "Where the schemas are that `single` records name by a number before them; left out: each"
                + " is of `schema`, and no number is there.")
        Optional<Registry> registry,
    @Option(value = "How the blocks of a file that is written are packed.", byDefault = "deflate")
        Codec codec)
    implements FormatConfig {
  /** What the bytes are. */
  public enum Layout {
    CONTAINER,
    SINGLE
  }

  @Override
  public void checkEach(Checks checks) {
    schema
        .flatMap(Schemas::complaint)
        .ifPresent(
            wrong ->
                checks.problem(
                    ProblemCode.E104,
                    "schema",
                    "`schema` must be an Avro schema of a record: " + wrong,
                    "name its file: `schema: \"${file:orders.avsc}\"`"));
  }

  @Override
  public void check(Checks checks) {
    if (layout == Layout.CONTAINER && registry.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "registry",
          "a file has its schema in it, and none of a registry",
          "leave `registry` out, or write `layout: single`");
    }
    if (schema.isPresent() && registry.map(r -> r.onWrite() == OnWrite.LATEST).orElse(false)) {
      checks.problem(
          ProblemCode.E110,
          "schema",
          "`on_write: latest` writes with the registry's newest schema, and not with `schema`",
          "leave one of them out");
    }
    if (layout == Layout.SINGLE && registry.isEmpty() && schema.isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          "schema",
          "a single record does not say its schema",
          "add `schema: \"${file:orders.avsc}\"` or a `registry`");
    }
  }

  @Override
  public Format format() {
    return new AvroFormat(this, Optional.empty());
  }

  @Override
  public Format written(Optional<String> destination) {
    return new AvroFormat(this, registry.flatMap(r -> r.subject(destination)));
  }

  @Override
  public List<Problem> connect(Probe probe) {
    return registry.map(asked -> asked.connect(probe, SchemaKind.AVRO)).orElse(List.of());
  }

  @Override
  public List<Problem> connectWritten(Probe probe, Optional<String> destination, Schema rows) {
    AvroFormat written = new AvroFormat(this, Optional.empty());
    return registry
        .map(
            asked ->
                asked.connectWritten(
                    probe, SchemaKind.AVRO, destination, client -> written.offered(rows)))
        .orElse(List.of());
  }

  @Override
  public void checkWritten(Optional<String> destination, Checks checks) {
    registry.ifPresent(asked -> asked.checkSubject(destination, checks));
  }
}
