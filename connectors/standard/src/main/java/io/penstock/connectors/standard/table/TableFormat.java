package io.penstock.connectors.standard.table;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** In work. */
final class TableFormat implements Format {
  TableFormat() {}

  @Override
  public FormatTraits traits() {
    return new FormatTraits(false, true, false, false, Optional.empty(), false, false);
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
