package io.penstock.connectors.standard.json;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** In work. */
final class JsonFormat implements Format {
  JsonFormat(JsonConfig.Layout layout, JsonConfig.Nulls nulls) {}

  @Override
  public FormatTraits traits() {
    return new FormatTraits(true, true, true, true, Optional.empty(), false, false);
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
