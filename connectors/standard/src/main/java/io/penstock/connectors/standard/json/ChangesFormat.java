package io.penstock.connectors.standard.json;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** JSON lines that say what is done to a table. */
record ChangesFormat(Envelope envelope, JsonConfig.Nulls nulls, FormatTraits.Key key)
    implements Format {

  @Override
  public FormatTraits traits() {
    return new FormatTraits(true, true, true, true, Optional.empty(), false, false)
        .withChanges(key);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return new LineSplitter();
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new LinesDecoder(decoding, new ChangeDecoder(envelope, decoding, key));
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new ChangesEncoder(envelope, nulls, rows);
  }
}
