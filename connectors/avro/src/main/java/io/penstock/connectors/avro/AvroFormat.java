package io.penstock.connectors.avro;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** Avro: a record is a record. */
final class AvroFormat implements Format {
  private final AvroConfig config;
  private final Optional<org.apache.avro.Schema> schema;

  AvroFormat(AvroConfig config) {
    this.config = config;
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
        true,
        config.registry().isEmpty(),
        container,
        false,
        schema.map(FieldTypes::of),
        config.registry().isEmpty(),
        container);
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
          new SingleDecoder(decoding, schema, config.registry().map(RegistryClient::new));
    };
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new AvroEncoder(config.layout(), config.codec(), RowWriter.of(rows, schema));
  }
}
