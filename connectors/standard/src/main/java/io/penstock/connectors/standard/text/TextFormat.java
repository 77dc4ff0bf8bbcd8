package io.penstock.connectors.standard.text;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** Text, a record for each line or for several. */
final class TextFormat implements Format {
  static final String LINE = FormatConfig.LINE;
  private static final Schema SCHEMA = Schema.of(Field.of(LINE, DataType.STRING));

  private final Records records;

  TextFormat(Records records) {
    this.records = records;
  }

  @Override
  public FormatTraits traits() {
    return new FormatTraits(true, true, true, true, Optional.of(SCHEMA), true, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return new TextSplitter(records);
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new TextDecoder(records, decoding);
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new TextEncoder(rows);
  }
}
