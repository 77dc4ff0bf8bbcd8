package io.penstock.connectors.standard.csv;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** Comma-separated values. */
final class CsvFormat implements Format {
  private final CsvDialect dialect;

  CsvFormat(CsvDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public FormatTraits traits() {
    return new FormatTraits(
        true, true, true, true, Optional.empty(), true, dialect.header() != Header.FALSE);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return new CsvSplitter(dialect);
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new CsvDecoder(dialect, decoding);
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new CsvEncoder(dialect, rows);
  }
}
