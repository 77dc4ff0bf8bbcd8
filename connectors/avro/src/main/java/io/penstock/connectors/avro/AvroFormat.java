package io.penstock.connectors.avro;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import io.penstock.connectors.registry.NumberedEncoder;
import io.penstock.connectors.registry.Offered;
import io.penstock.connectors.registry.Prefix;
import io.penstock.connectors.registry.Registered;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.RegistryClient;
import io.penstock.connectors.registry.RegistryProblem;
import io.penstock.connectors.registry.SchemaKind;
import java.util.List;
import java.util.Optional;

/** Avro: a record is a record. */
final class AvroFormat implements Format {
  private final AvroConfig config;
  private final Optional<org.apache.avro.Schema> schema;
  private final Optional<String> subject;

  /**
   * A format.
   *
   * @param subject that the registry is told of what is written; empty: it is told nothing, and no
   *     number is written
   */
  AvroFormat(AvroConfig config, Optional<String> subject) {
    this.config = config;
    this.subject = subject;
    // A schema that cannot be read was reported; the rest is checked as if there were none.
    this.schema =
        config
            .schema()
            .filter(text -> Schemas.complaint(text).isEmpty())
            .map(text -> new org.apache.avro.Schema.Parser().parse(text));
  }

  @Override
  public FormatTraits traits() {
    boolean container = config.layout() == AvroConfig.Layout.CONTAINER;
    return new FormatTraits(
        true, true, container, false, schema.map(FieldTypes::of), true, container);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return switch (config.layout()) {
      case CONTAINER -> new FileSplitter(maxRecord);
      case SINGLE -> (bytes, from, to, last) -> last ? to : Splitter.NONE;
    };
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return switch (config.layout()) {
      case CONTAINER -> new FileDecoder(decoding, schema);
      case SINGLE ->
          new SingleDecoder(
              decoding,
              schema,
              config
                  .registry()
                  .map(r -> RegistryClient.reading(r, SchemaKind.AVRO))
                  .map(RegisteredSchemas::new));
    };
  }

  @Override
  public Encoder encoder(Schema rows) {
    if (config.registry().isPresent() && subject.isPresent()) {
      return numbered(rows, config.registry().get(), subject.get());
    }
    return encoder(RowWriter.of(rows, schema));
  }

  /** The schema that a registry is given of what is written. */
  Optional<Offered> offered(Schema rows) {
    return Optional.of(new Offered(RowWriter.of(rows, schema).schema().toString(), List.of()));
  }

  private Encoder encoder(RowWriter rows) {
    return new AvroEncoder(config.layout(), config.codec(), rows);
  }

  private Encoder numbered(Schema rows, Registry registry, String subject) {
    RegistryClient client = RegistryClient.writing(registry, SchemaKind.AVRO);
    if (registry.onWrite() == Registry.OnWrite.LATEST) {
      return new NumberedEncoder(
          () -> {
            Registered latest = client.latest(subject);
            return new NumberedEncoder.Begun(
                Prefix.of(latest.number()),
                encoder(RowWriter.of(rows, Optional.of(latest(client, latest)))));
          });
    }
    RowWriter writer = RowWriter.of(rows, schema);
    return new NumberedEncoder(
        () ->
            new NumberedEncoder.Begun(
                Prefix.of(client.number(subject, writer.schema().toString(), List.of())),
                encoder(writer)));
  }

  private static org.apache.avro.Schema latest(RegistryClient client, Registered latest) {
    try {
      return new RegisteredSchemas(client).of(latest);
    } catch (BadDatum wrong) {
      throw Unfit.because("the registry's newest schema cannot be used: " + wrong.text());
    } catch (RegistryProblem wrong) {
      throw Unfit.because("the registry's newest schema cannot be used: " + wrong.text());
    }
  }
}
