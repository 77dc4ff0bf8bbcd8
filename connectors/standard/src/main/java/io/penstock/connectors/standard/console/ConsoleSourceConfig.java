package io.penstock.connectors.standard.console;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import java.util.List;
import java.util.Optional;

/** The options of the console source. */
@Component(name = "console", summary = "Reads standard input.", example = "console: json")
public record ConsoleSourceConfig(
    @Option(value = "How the bytes are read.", main = true) Optional<FormatConfig> format,
    @Option(
            value = "The most bytes that a record may have.",
            byDefault = "16MiB",
            matter = Matter.CONTENT)
        DataSize maxRecord)
    implements SourceConfig {
  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, false, false, true, true, SourceTraits.Kind.BYTES);
  }

  @Override
  public Source source() {
    return new ConsoleSource();
  }

  @Override
  public List<MetaField> meta() {
    return List.of(
        new MetaField(
            "line",
            ValueType.required(DataType.INT),
            "The line on which the record begins, from 1."));
  }
}
