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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parts of a run that keeps state: hidden until their epoch is decided, then renamed and listed.
 * Each step may be done again after a crash in any place.
 */
final class KeptParts implements Sink {
  private final Output output;
  private final Disk disk;
  private final EpochManifests manifests;

  KeptParts(Output output) {
    this.output = output;
    this.disk = output.run().disk();
    this.manifests = new EpochManifests(output);
  }

  @Override
  public void open(SinkContext run) throws IOException {
    manifests.open();
    if (output.config().ifExists().isEmpty() && manifests.last().isEmpty()) {
      refuseForeign();
    }
  }

  private void refuseForeign() throws IOException {
    Path folder = output.folder();
    String path = output.config().path().text();
    boolean listed = !Manifest.read(disk, folder).files(path).isEmpty();
    if (manifests.hasOthers() || listed) {
      throw foreign(folder, "what another run has left there");
    }
    for (Disk.Entry there : disk.list(folder)) {
      String name = String.valueOf(there.path().getFileName());
      boolean same = name.endsWith(output.suffix()) && !name.startsWith(".");
      boolean ours =
          name.startsWith(KeptNames.part(output.run().run())) || name.equals(Manifest.NAME);
      if (there.kind() == Disk.Entry.Kind.FILE && same && !ours) {
        throw foreign(folder, "`" + name + "`, which this run has not left there");
      }
    }
  }

  private RuntimeException foreign(Path folder, String what) {
    return output.problem(
        ProblemCode.R303,
        "`" + output.run().files().shown(folder) + "` holds " + what,
        "take another folder, or say `if_exists: append` or `if_exists: replace`");
  }

  @Override
  public OptionalLong lastEpoch() {
    return manifests.last();
  }

  @Override
  public SinkWriter writer(int index) {
    return new FileSinkWriter(output, index);
  }

  @Override
  public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
    manifests.refuseBehind(epoch);
    Set<Path> folders = new TreeSet<>();
    List<PreparedPart> parts = new ArrayList<>();
    for (Staged each : staged) {
      PreparedPart part = PreparedPart.of(each, output.run().files());
      place(part);
      folders.add(part.target().resolveSibling(""));
      parts.add(part);
    }
    Path base = output.folder();
    try {
      for (Path folder : folders) {
        disk.forceDirectory(folder);
      }
      if (!parts.isEmpty()) {
        manifests.write(epoch, previous, parts);
      }
      if (previous == 0 && replaces()) {
        manifests.removeOthers();
      }
    } catch (IOException broken) {
      throw output.broken(base, broken);
    }
    return Rejects.NONE;
  }

  private boolean replaces() {
    return output.config().ifExists().filter(FileSinkConfig.IfExists.REPLACE::equals).isPresent();
  }

  private void place(PreparedPart part) throws IOException {
    try {
      if (disk.entry(part.temp()).isPresent()) {
        check(part, part.temp());
        disk.rename(part.temp(), part.target());
      } else {
        check(part, part.target());
      }
    } catch (IOException broken) {
      throw output.broken(part.target(), broken);
    }
  }

  private void check(PreparedPart part, Path there) throws IOException {
    String wrong = part.difference(disk, there);
    if (!wrong.isEmpty()) {
      throw output.problem(
          ProblemCode.R302,
          "`"
              + output.run().files().shown(part.target())
              + "` was written by this run and "
              + wrong,
          "put the file back, or begin anew with `--fresh`");
    }
  }

  @Override
  public void abort(long epoch, List<Staged> staged) throws IOException {
    for (Staged each : staged) {
      disk.delete(PreparedPart.of(each, output.run().files()).temp());
    }
    removeOrphans(output.folder(), epoch, !output.config().path().isConstant());
  }

  private void removeOrphans(Path folder, long epoch, boolean below) throws IOException {
    for (Disk.Entry there : disk.list(folder)) {
      String name = String.valueOf(there.path().getFileName());
      if (there.kind() == Disk.Entry.Kind.DIRECTORY) {
        if (below || name.equals(EpochManifests.FOLDER)) {
          removeOrphans(there.path(), epoch, below);
        }
      } else if (KeptNames.isOrphan(name, output.run().run(), epoch)) {
        disk.delete(there.path());
      }
    }
  }

  @Override
  public void close() {}
}
