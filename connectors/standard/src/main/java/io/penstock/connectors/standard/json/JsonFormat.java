package io.penstock.connectors.standard.json;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** JSON: a record is an object. */
final class JsonFormat implements Format {
  private final JsonConfig.Layout layout;
  private final JsonConfig.Nulls nulls;

  JsonFormat(JsonConfig.Layout layout, JsonConfig.Nulls nulls) {
    this.layout = layout;
    this.nulls = nulls;
  }

  @Override
  public FormatTraits traits() {
    boolean lines = layout == JsonConfig.Layout.LINES;
    return new FormatTraits(
        true, true, layout != JsonConfig.Layout.DOCUMENT, lines, Optional.empty(), false, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return switch (layout) {
      case LINES -> new LineSplitter();
      case ARRAY -> new ArraySplitter();
      case DOCUMENT -> (bytes, from, to, last) -> last ? to : Splitter.NONE;
    };
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return switch (layout) {
      case LINES -> new LinesDecoder(decoding);
      case ARRAY -> new ArrayDecoder(decoding);
      case DOCUMENT -> new DocumentDecoder(decoding);
    };
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new JsonEncoder(layout, nulls, rows);
  }
}
