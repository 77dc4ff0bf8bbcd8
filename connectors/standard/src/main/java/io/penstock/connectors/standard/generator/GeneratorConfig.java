package io.penstock.connectors.standard.generator;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.option.Rate;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The options of the generator. */
@Component(
    name = "generator",
    summary = "Makes rows by expressions over `n`, which counts from 0.",
    example =
        """
        generator:
          count: 100
          seed: 7
          fields:
            id: n
            amount: round(random() * 100, 2)
        """)
public record GeneratorConfig(
    @Option(
            value =
                "How many rows there are at most in a time; left out: as fast as they are taken.",
            matter = Matter.PACE)
        Optional<Rate> rate,
    @Option(
            value = "How many rows there are; left out: without end.",
            least = 0,
            matter = Matter.CONTENT)
        OptionalLong count,
    @Option("What `random()` and its like begin from; the same seed gives the same rows.")
        OptionalLong seed,
    @Option(
            value = "The fields of a row as expressions over `n`; left out: `n` alone.",
            matter = Matter.CONTENT)
        Map<String, ExpressionText> fields)
    implements SourceConfig {
  static final Schema SCHEMA = Schema.of(Field.of("n", DataType.INT));

  @Override
  public SourceTraits traits() {
    return new SourceTraits(count.isPresent(), true, true, true, false, SourceTraits.Kind.ROWS);
  }

  @Override
  public Source source() {
    return new Generator(rate, count);
  }

  @Override
  public Optional<Schema> schema() {
    return Optional.of(SCHEMA);
  }

  @Override
  public Map<String, ExpressionText> computed() {
    return fields;
  }
}
