package io.penstock.connectors.standard.table;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** Aligned tables; written only, as the traits say. */
final class TableFormat implements Format {
  @Override
  public FormatTraits traits() {
    return new FormatTraits(false, true, false, true, Optional.empty(), false, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    throw new IllegalStateException("a table is never read");
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    throw new IllegalStateException("a table is never read");
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new TableEncoder(rows);
  }
}
