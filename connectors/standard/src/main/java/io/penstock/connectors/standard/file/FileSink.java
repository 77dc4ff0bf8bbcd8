package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files, invisible until the commit, which puts them in place of what a former run has left. */
final class FileSink implements Sink {
  private final FileSinkConfig config;
  private @Nullable Output output;

  FileSink(FileSinkConfig config) {
    this.config = config;
  }

  @Override
  public void open(SinkContext run) throws IOException {
    Output opened = new Output(config, run);
    output = opened;
    if (config.path().isConstant() && !config.isFolder()) {
      refuseFolder(opened);
    } else if (config.path().isConstant() && config.ifExists().isEmpty()) {
      refuseForeign(opened);
    }
  }

  private static void refuseFolder(Output output) throws IOException {
    SinkContext run = output.run();
    Path target = run.files().resolve(output.config().path().text());
    boolean folder =
        run.disk()
            .entry(target)
            .filter(there -> there.kind() == Disk.Entry.Kind.DIRECTORY)
            .isPresent();
    if (folder) {
      throw output.problem(
          ProblemCode.R304,
          "`" + run.files().shown(target) + "` is a directory, not a file",
          "end the path with `/` for a folder of parts");
    }
  }

  private static void refuseForeign(Output output) throws IOException {
    SinkContext run = output.run();
    Path folder = output.folder();
    Set<String> ours = Manifest.read(run.disk(), folder).names();
    for (Disk.Entry there : run.disk().list(folder)) {
      String name = there.path().getFileName().toString();
      boolean same = name.endsWith(output.suffix()) && !name.startsWith(".");
      if (same && !name.equals(Manifest.NAME) && !ours.contains(name)) {
        throw output.problem(
            ProblemCode.R303,
            "`"
                + run.files().shown(folder)
                + "` holds `"
                + name
                + "`, which no former run of this pipeline has left there",
            "take another folder, or say `if_exists: append` or `if_exists: replace`");
      }
    }
  }

  @Override
  public SinkWriter writer(int index) throws IOException {
    FileSinkWriter writer = new FileSinkWriter(output(), index);
    if (index == 0) {
      writer.begin();
    }
    return writer;
  }

  @Override
  public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
    new Publication(output()).publish(staged);
    return Rejects.NONE;
  }

  @Override
  public void abort(long epoch, List<Staged> staged) throws IOException {
    for (Staged file : staged) {
      output().run().disk().delete(Path.of(file.details().getOrDefault("temp", "")));
    }
  }

  @Override
  public String location() {
    return config.path().text();
  }

  private Output output() {
    Output opened = output;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  @Override
  public void close() {}
}
