package io.penstock.connectors.standard.log;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import java.util.Optional;

/** The options of the common event format. */
@Component(
    name = "cef",
    summary = "Events of the common event format, as security devices send them. Sources only.",
    example = "cef: single",
    suffixes = {".cef"})
public record CefConfig(
    @Option(
            value =
                "How the events lie in the bytes: one on each line, or one that is all bytes, such as a datagram.",
            byDefault = "lines",
            main = true)
        Layout layout)
    implements FormatConfig {
  @Override
  public Format format() {
    return new LogFormat(new CefText(), layout, Optional.empty());
  }
}
