package io.penstock.connectors.standard.file;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.system.Probe;
import io.penstock.connectors.standard.compression.Compression;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The options of the file sink. */
@Component(
    name = "file",
    summary = "Writes a file, a file for each value of a template, or a folder of parts.",
    example = "file: out/orders.jsonl")
public record FileSinkConfig(
    @Option(
            value =
                "A file; with `{expression}` a file for each value; with `/` at its end a folder of parts.",
            main = true)
        Template path,
    @Option("How the rows are written; left out: as the file's name ends.")
        Optional<FormatConfig> format,
    @Option("How the bytes are compressed; left out: as the file's name ends.")
        Optional<Compression> compression,
    @Option("When a part ends and the next begins; makes the path a folder.") Optional<Parts> parts,
    @Option(
            value = "What happens to files that are there and not this pipeline's.",
            matter = Matter.PACE)
        Optional<IfExists> ifExists)
    implements SinkConfig {

  /** When a part ends: at whichever limit is met first. */
  public record Parts(
      @Option(value = "The most rows of a part.", least = 1, matter = Matter.PACE)
          OptionalLong rows,
      @Option(value = "The size at which a part ends.", matter = Matter.PACE)
          Optional<DataSize> size,
      @Option(value = "The time after which a part ends.", matter = Matter.PACE)
          Optional<Duration> every)
      implements io.penstock.api.option.Config {}

  /** What happens to files that are there. */
  public enum IfExists {
    APPEND,
    REPLACE
  }

  @Override
  public void check(Checks checks) {
    if (path.text().isEmpty() || path.text().indexOf('\0') >= 0) {
      PathChecks.report(checks, "path", path.text(), "it is empty or holds a NUL");
    }
    if (parts.isPresent() && !path.isConstant() && !isFolder()) {
      checks.problem(
          ProblemCode.E110,
          "parts",
          "`parts` makes `path` a folder, so a template must end in `/`, unlike `"
              + path.text()
              + "`",
          "end the path with `/`");
    }
  }

  /** Whether the path is a folder of parts. */
  boolean isFolder() {
    return parts.isPresent() || path.text().endsWith("/");
  }

  @Override
  public void check(SinkUse use, Optional<FormatConfig> known, Checks checks) {
    if (use.keepsState()) {
      KeptRules.problem(this, known.map(FormatConfig::format))
          .ifPresent(
              wrong -> checks.problem(wrong.code(), wrong.option(), wrong.text(), wrong.hint()));
    }
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    boolean spooled = use.keepsState() && !isFolder() && path.isConstant();
    return new SinkTraits(spooled ? SinkTraits.Kind.SPOOLED : SinkTraits.Kind.STAGED, false, false);
  }

  @Override
  public SinkConfig adding() {
    return new FileSinkConfig(path, format, compression, parts, Optional.of(IfExists.APPEND));
  }

  @Override
  public Sink sink() {
    return new FileSink(this);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema rows) throws IOException {
    return Reached.sink(this, probe);
  }

  @Override
  public String formatName() {
    return isFolder() ? "" : Compression.bare(path.text());
  }

  @Override
  public List<Template> templates() {
    return path.isConstant() ? List.of() : List.of(path);
  }

  @Override
  public List<String> paths() {
    return List.of(path.isConstant() ? path.text() : path.prefix());
  }
}
