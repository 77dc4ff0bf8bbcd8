package io.penstock.connectors.standard.json;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.registry.NumberedEncoder;
import io.penstock.connectors.registry.Prefix;
import io.penstock.connectors.registry.Registered;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.RegistryClient;
import io.penstock.connectors.registry.SchemaKind;
import java.util.List;
import java.util.Optional;

/** JSON objects, each by itself behind the number of its JSON Schema in a registry. */
final class NumberedFormat implements Format {
  private final Registry registry;
  private final JsonConfig.Nulls nulls;
  private final Optional<String> subject;

  /**
   * A format.
   *
   * @param subject that the registry is told of what is written; empty: it is told nothing, and no
   *     number is written
   */
  NumberedFormat(Registry registry, JsonConfig.Nulls nulls, Optional<String> subject) {
    this.registry = registry;
    this.nulls = nulls;
    this.subject = subject;
  }

  @Override
  public FormatTraits traits() {
    return new FormatTraits(true, true, false, false, Optional.empty(), false, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return (bytes, from, to, last) -> last ? to : Splitter.NONE;
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new NumberedDecoder(decoding, RegistryClient.reading(registry, SchemaKind.JSON));
  }

  @Override
  public Encoder encoder(Schema rows) {
    Encoder records = new JsonEncoder(JsonConfig.Layout.DOCUMENT, nulls, rows);
    if (subject.isEmpty()) {
      return records;
    }
    RegistryClient client = RegistryClient.writing(registry, SchemaKind.JSON);
    String name = subject.get();
    return new NumberedEncoder(
        () -> new NumberedEncoder.Begun(Prefix.of(number(client, name, rows)), records));
  }

  private int number(RegistryClient client, String name, Schema rows) {
    if (registry.onWrite() != Registry.OnWrite.LATEST) {
      return client.number(name, WrittenJsonSchema.of(rows).toText(), List.of());
    }
    Registered latest = client.latest(name);
    JsonSchemaFit.of(latest.text(), rows)
        .ifPresent(
            wrong -> {
              throw new PipelineException(
                  Problem.of(
                      ProblemCode.R306,
                      Origin.file("json"),
                      "the rows do not fit the newest schema of `" + name + "`: " + wrong,
                      "put a `convert` above the sink"));
            });
    return latest.number();
  }
}
