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

/**
 * The files of a run that keeps no state: invisible until the commit, which puts them in place of
 * what a former run has left.
 */
final class ReplacedFiles implements Sink {
  private final FileSinkConfig config;
  private final Output output;

  ReplacedFiles(Output output) {
    this.config = output.config();
    this.output = output;
  }

  @Override
  public void open(SinkContext run) throws IOException {
    boolean one = config.path().isConstant() && !config.isFolder();
    if (one) {
      output.refuseFolder();
      refuseMount(output.file());
    }
    if (one && config.ifExists().isEmpty()) {
      KeptBy.refuse(output, output.file());
    } else if (config.path().isConstant() && config.ifExists().isEmpty()) {
      refuseForeign(output);
    }
  }

  /** A file that is a mount of its own cannot be replaced, only written in place. */
  private void refuseMount(Path file) throws IOException {
    Disk disk = output.run().disk();
    boolean replaced = disk.entry(file).isPresent() && !output.continues(file);
    if (replaced && !disk.isOneFileSystem(file, file.toAbsolutePath().resolveSibling(""))) {
      throw output.problem(
          ProblemCode.R304,
          "`"
              + output.run().files().shown(file)
              + "` is mounted there by itself, so it cannot be replaced",
          "mount its folder instead, or give the file a `run` block: then it is written in place");
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
    FileSinkWriter writer = new FileSinkWriter(output, index);
    if (index == 0) {
      writer.begin();
    }
    return writer;
  }

  @Override
  public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
    new Publication(output).publish(staged);
    return Rejects.NONE;
  }

  @Override
  public void abort(long epoch, List<Staged> staged) throws IOException {
    for (Staged file : staged) {
      output.run().disk().delete(Path.of(file.details().getOrDefault("temp", "")));
    }
  }

  @Override
  public String location() {
    return config.path().text();
  }

  @Override
  public void close() {}
}
