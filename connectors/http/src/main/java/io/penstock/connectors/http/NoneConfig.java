package io.penstock.connectors.http;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import io.penstock.api.option.Component;
import java.util.Optional;

/** What a request holds is not read: an empty row of each. */
@Component(
    name = "none",
    summary = "An empty row for each request, for pipelines that want only what `meta` has.",
    example = "none")
public record NoneConfig() implements FormatConfig {
  @Override
  public Format format() {
    return new Format() {
      @Override
      public FormatTraits traits() {
        return new FormatTraits(true, false, false, false, Optional.of(Schema.of()), false, false);
      }

      @Override
      public Splitter splitter(int maxRecord) {
        return (bytes, from, to, last) -> last ? to : Splitter.NONE;
      }

      @Override
      public Decoder decoder(Decoding decoding) {
        return NoneConfig::decode;
      }

      @Override
      public Encoder encoder(Schema rows) {
        throw new IllegalStateException("nothing is written so");
      }
    };
  }

  private static int decode(Block block, int from, Decoder.Rows out) {
    out.endRow(from, 0);
    return block.to();
  }
}
