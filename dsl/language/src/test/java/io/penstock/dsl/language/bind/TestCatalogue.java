package io.penstock.dsl.language.bind;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Catalogue;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Config;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Share;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Components that are bound and never run. */
public final class TestCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(
        FileSource.class,
        Generator.class,
        FileSink.class,
        Console.class,
        Discard.class,
        Api.class,
        Json.class,
        Csv.class);
  }

  /** A source that is not opened. */
  public interface Unopened extends SourceConfig {
    @Override
    default SourceTraits traits() {
      return new SourceTraits(true, true, true, true, false, SourceTraits.Kind.BYTES);
    }

    @Override
    default Source source() {
      throw new AssertionError("bound only");
    }
  }

  /** A sink that is not opened. */
  public interface Unwritten extends SinkConfig {
    @Override
    default SinkTraits traits(SinkUse use) {
      return new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, false);
    }

    @Override
    default Sink sink() {
      throw new AssertionError("bound only");
    }
  }

  /** A format that is not used. */
  public interface Unused extends FormatConfig {
    @Override
    default Format format() {
      throw new AssertionError("bound only");
    }
  }

  @Component(name = "file", summary = "Reads files.", example = "file: orders.csv")
  public record FileSource(
      @Option(value = "Where.", main = true) OneOrMany<String> path,
      @Option("Not these.") List<String> exclude,
      @Option("The format.") Optional<FormatConfig> format_,
      @Option(value = "The encoding.", byDefault = "utf-8") Charset charset,
      @Option(value = "The most bytes.", byDefault = "16MiB") DataSize maxRecord)
      implements Unopened {}

  @Component(name = "generator", summary = "Makes rows.", example = "generator: { count: 10 }")
  public record Generator(
      @Option("How fast.") Optional<Rate> rate,
      @Option(value = "How many.", least = 0) OptionalLong count,
      @Option("The fields.") Map<String, ExpressionText> fields)
      implements Unopened {}

  @Component(name = "file", summary = "Writes files.", example = "file: out/x.csv")
  public record FileSink(
      @Option(value = "Where.", main = true) Template path,
      @Option("How.") Optional<FormatConfig> format_,
      @Option("Parts.") Optional<Parts> parts)
      implements Unwritten {
    /** When a part ends. */
    public record Parts(
        @Option("After rows.") OptionalLong rows, @Option("After a time.") Optional<Duration> every)
        implements Config {
      @Override
      public void check(Checks checks) {
        if (rows.isEmpty() && every.isEmpty()) {
          checks.problem(ProblemCode.E110, "rows", "parts need a limit", "say `rows` or `every`");
        }
      }
    }
  }

  @Component(name = "console", summary = "Prints rows.", example = "console:")
  public record Console(@Option("How.") Optional<FormatConfig> format_) implements Unwritten {}

  @Component(name = "discard", summary = "Throws rows away.", example = "discard: {}")
  public record Discard() implements Unwritten {}

  @Component(name = "api", summary = "Calls a server.", example = "api: { url: \"http://x\" }")
  public record Api(
      @Option("Where.") Template url,
      @Option(value = "The key.", secret = true) Optional<String> key,
      @Option(value = "At once.", byDefault = "8", least = 1, most = 1024) int inFlight,
      @Option("Tries.") OptionalInt tries,
      @Option(value = "How long.", byDefault = "30s") Duration timeout,
      @Option("The part.") Optional<Share> share,
      @Option("The zone.") Optional<ZoneId> zone,
      @Option(value = "Wait.", byDefault = "false") boolean wait_,
      @Option(value = "What then.", byDefault = "keep") Then then,
      @Option("Again.") Optional<Retry> retry,
      @Option("A list.") List<Integer> giveUpOn)
      implements Unwritten {
    /** What then. */
    public enum Then {
      KEEP,
      DROP_ALL
    }

    /** Tries again. */
    public record Retry(
        @Option(value = "The first wait.", byDefault = "200ms", main = true) Duration first,
        @Option("The longest wait.") Duration atMost) {}
  }

  @Component(
      name = "json",
      summary = "JSON.",
      example = "json",
      suffixes = {".json"})
  public record Json(@Option(value = "Where.", main = true, byDefault = "lines") Layout layout)
      implements Unused {
    /** Where records lie. */
    public enum Layout {
      LINES,
      ARRAY,
      DOCUMENT
    }
  }

  @Component(
      name = "csv",
      summary = "CSV.",
      example = "csv: { delimiter: \";\" }",
      suffixes = {".csv"})
  public record Csv(@Option(value = "Between.", byDefault = "\",\"") String delimiter)
      implements Unused {}
}
