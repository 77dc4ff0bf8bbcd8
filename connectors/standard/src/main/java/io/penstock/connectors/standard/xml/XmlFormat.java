package io.penstock.connectors.standard.xml;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** XML: a record is an element. */
final class XmlFormat implements Format {
  private final RecordPath path;

  XmlFormat(RecordPath path) {
    this.path = path;
  }

  @Override
  public FormatTraits traits() {
    return new FormatTraits(true, true, true, false, Optional.empty(), false, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return new XmlSplitter(path);
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new XmlDecoder(path, decoding);
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new XmlEncoder(path, rows);
  }
}
