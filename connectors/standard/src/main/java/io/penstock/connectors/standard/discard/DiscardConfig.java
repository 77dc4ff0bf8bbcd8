package io.penstock.connectors.standard.discard;

import io.penstock.api.option.Component;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;

/** The sink that drops. */
@Component(
    name = "discard",
    summary = "Drops the rows; they are only counted.",
    example = "discard: {}")
public record DiscardConfig() implements SinkConfig {
  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.IMMEDIATE, true, true);
  }

  @Override
  public Sink sink() {
    return new Discard();
  }

  @Override
  public boolean needsFormat() {
    return false;
  }
}
