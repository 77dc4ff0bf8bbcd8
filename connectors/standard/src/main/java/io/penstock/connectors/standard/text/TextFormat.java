package io.penstock.connectors.standard.text;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** In work. */
final class TextFormat implements Format {
  TextFormat(Records records) {}

  @Override
  public FormatTraits traits() {
    return new FormatTraits(
        true,
        true,
        true,
        true,
        Optional.of(
            Schema.of(io.penstock.api.data.Field.of("line", io.penstock.api.data.DataType.STRING))),
        true,
        false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    throw new IllegalStateException("in work");
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    throw new IllegalStateException("in work");
  }

  @Override
  public Encoder encoder(Schema rows) {
    throw new IllegalStateException("in work");
  }
}
