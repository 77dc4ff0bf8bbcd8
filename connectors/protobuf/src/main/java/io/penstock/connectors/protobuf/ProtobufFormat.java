package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/** Messages: a record is a message. */
final class ProtobufFormat implements Format {
  private final ProtobufConfig config;
  private final Optional<Descriptor> type;

  ProtobufFormat(ProtobufConfig config) {
    this.config = config;
    // Descriptors that cannot be read were reported; the rest is checked as if there were none.
    this.type = config.type();
  }

  @Override
  public FormatTraits traits() {
    boolean delimited = config.layout() == ProtobufConfig.Layout.DELIMITED;
    return new FormatTraits(
        true, true, delimited, delimited, type.map(FieldTypes::of), true, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return switch (config.layout()) {
      case DELIMITED -> new DelimitedSplitter();
      case SINGLE -> (bytes, from, to, last) -> last ? to : Splitter.NONE;
    };
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    Descriptor known = type.orElseThrow();
    return new MessageDecoder(
        config.layout(), decoding, (bytes, from, to) -> new MessageSource.Found(known, from));
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new MessageEncoder(config.layout(), RowWriter.of(type.orElseThrow(), rows));
  }
}
