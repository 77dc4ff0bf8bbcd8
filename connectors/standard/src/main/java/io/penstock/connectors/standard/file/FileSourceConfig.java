package io.penstock.connectors.standard.file;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Problem;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.system.Probe;
import io.penstock.connectors.standard.compression.Compression;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of the file source. */
@Component(
    name = "file",
    summary = "Reads files, each named or found by a pattern, in the order of their names.",
    example = "file: { path: \"orders/*.csv.gz\", exclude: [\"orders/old-*\"], format: csv }")
public record FileSourceConfig(
    @Option(
            value = "A path or pattern (`*`, `?`, `**`, `[ab]`, `{a,b}`), or a list of them.",
            main = true)
        OneOrMany<String> path,
    @Option(value = "Paths or patterns of files to leave out.", matter = Matter.CONTENT)
        List<String> exclude,
    @Option("How the bytes are read; left out: as the file's name ends.")
        Optional<FormatConfig> format,
    @Option("How the files are compressed; left out: as each file's name ends.")
        Optional<Compression> compression,
    @Option(value = "The encoding of text.", byDefault = "utf-8") Charset charset,
    @Option(
            value = "The most bytes that a record may have.",
            byDefault = "16MiB",
            matter = Matter.CONTENT)
        DataSize maxRecord,
    @Option(
            value = "Leaves out files that have not been changed for so long.",
            matter = Matter.CONTENT)
        Optional<Duration> ignoreOlder,
    @Option(
            value = "Whether files that come later are read too, so that there is no end.",
            byDefault = "false",
            matter = Matter.CONTENT)
        boolean watch,
    @Option(
            value = "Whether files grow, as logs do, so that there is no end.",
            byDefault = "false",
            matter = Matter.CONTENT)
        boolean follow,
    @Option(
            value =
                "Where reading begins the first time, with `watch` or `follow`: `earliest`, `latest`, or a time; left out: `earliest`.",
            matter = Matter.CONTENT)
        Optional<String> start,
    @Option(
            value =
                "What happens to a file that was read to its end: `keep`, `delete`, or `{ move: folder }`; left out: `keep`.",
            matter = Matter.PACE)
        Optional<WhenDone> whenDone,
    @Option(
            value =
                "With `watch`: after what time without a change a file is remembered by its time alone; left out: `30d`.",
            matter = Matter.PACE)
        Optional<Duration> forgetAfter)
    implements SourceConfig {

  /** The encoding of text. */
  public enum Charset {
    UTF_8,
    ISO_8859_1,
    WINDOWS_1252;

    /** As it is written in the file. */
    @Override
    public String toString() {
      return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void check(Checks checks) {
    for (String pattern : path.values()) {
      Glob.problem(pattern).ifPresent(text -> PathChecks.report(checks, "path", pattern, text));
    }
    for (String pattern : exclude) {
      Glob.problem(pattern).ifPresent(text -> PathChecks.report(checks, "exclude", pattern, text));
    }
    GoingOn.check(this, checks);
  }

  /** Whether there is an end. */
  boolean isBounded() {
    return !watch && !follow;
  }

  /** Where reading begins the first time; empty for the earliest. */
  Optional<StartAt> startAt() {
    return start.flatMap(StartAt::of);
  }

  /** After what time a file is known by its time alone. */
  Duration forgotten() {
    return forgetAfter.orElse(Duration.ofDays(30));
  }

  @Override
  public boolean readsFiles() {
    return true;
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(isBounded(), true, true, true, false, SourceTraits.Kind.BYTES);
  }

  @Override
  public Optional<SourceConfig> only(String split) {
    OneOrMany<String> file = new OneOrMany<>(List.of(Glob.literal(split)));
    return Optional.of(
        new FileSourceConfig(
            file,
            List.of(),
            format,
            compression,
            charset,
            maxRecord,
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public Source source() {
    return new FileSource(this);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema declared) throws IOException {
    return Reached.source(this, probe);
  }

  /** A name with the end that all paths share; without one the format must be written. */
  @Override
  public String formatName() {
    Set<String> ends =
        path.values().stream().map(FileSourceConfig::end).collect(Collectors.toSet());
    return ends.size() == 1 ? Compression.bare(path.values().get(0)) : "";
  }

  private static String end(String path) {
    String bare = Compression.bare(path).toLowerCase(Locale.ROOT);
    return bare.substring(Math.max(0, bare.lastIndexOf('.')));
  }

  @Override
  public List<MetaField> meta() {
    return List.of(
        new MetaField(
            "path",
            ValueType.required(DataType.STRING),
            "The file's path, relative to the root where it lies below it."),
        new MetaField(
            "line",
            ValueType.required(DataType.INT),
            "The line on which the record begins, from 1."),
        new MetaField(
            "position",
            ValueType.required(DataType.INT),
            "The byte of the file, unpacked, at which the record begins, or the number of its row in Parquet, from 0."));
  }

  @Override
  public List<String> paths() {
    return path.values();
  }
}
