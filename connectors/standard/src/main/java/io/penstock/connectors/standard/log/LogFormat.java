package io.penstock.connectors.standard.log;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;
import java.util.function.Function;

/**
 * A format of logs.
 *
 * @param writer makes what writes the text of a row; empty for a format that is only read
 */
record LogFormat(LogText text, Layout layout, Optional<Function<Schema, RowText>> writer)
    implements Format {
  @Override
  public FormatTraits traits() {
    boolean lines = layout == Layout.LINES;
    return new FormatTraits(true, writer.isPresent(), lines, lines, text.fields(), false, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return new LogSplitter(layout);
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new LogDecoder(text, layout, decoding);
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new LogEncoder(writer.orElseThrow().apply(rows), layout);
  }
}
