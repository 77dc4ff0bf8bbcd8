package io.penstock.connectors.standard.console;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.connectors.standard.table.TableConfig;
import java.util.Optional;

/** The options of the console sink. */
@Component(
    name = "console",
    summary = "Prints rows to standard output.",
    example = "console: { format: table }")
public record ConsoleSinkConfig(
    @Option(value = "How the rows are printed; left out: as a table.", main = true)
        Optional<FormatConfig> format)
    implements SinkConfig {
  @Override
  public Optional<FormatConfig> format() {
    return Optional.of(format.orElseGet(TableConfig::new));
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, false);
  }

  @Override
  public Sink sink() {
    return new ConsoleSink();
  }
}
