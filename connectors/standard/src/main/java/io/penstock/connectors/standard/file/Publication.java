package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts staged files in their places: all renamed, their folders durable, then the manifest, then
 * the files of the former manifest removed. Doing it again changes nothing.
 */
final class Publication {
  private final Output output;
  private final Disk disk;

  Publication(Output output) {
    this.output = output;
    this.disk = output.run().disk();
  }

  void publish(List<Staged> staged) throws IOException {
    Optional<Path> folder = output.hasManifest() ? Optional.of(output.folder()) : Optional.empty();
    Manifest former =
        folder.isPresent() ? Manifest.read(disk, folder.get()) : new Manifest(Map.of());
    if (folder.isPresent() && output.config().ifExists().isEmpty()) {
      refuseForeign(staged, folder.get(), former);
    }
    Map<String, Manifest.Entry> files = new LinkedHashMap<>();
    Set<Path> folders = new TreeSet<>();
    for (Staged file : staged) {
      Path target = Path.of(detail(file, "target"));
      place(file, target);
      folders.add(target.toAbsolutePath().getParent());
      if (folder.isPresent()) {
        String name = folder.get().relativize(target).toString();
        long bytes = disk.entry(target).map(Disk.Entry::size).orElse(0L);
        files.put(name, new Manifest.Entry(name, bytes, Long.parseLong(detail(file, "rows"))));
      }
    }
    for (Path changed : folders) {
      disk.forceDirectory(changed);
    }
    if (folder.isPresent()) {
      list(folder.get(), former, files);
    }
  }

  private void list(Path folder, Manifest former, Map<String, Manifest.Entry> files)
      throws IOException {
    String path = output.config().path().text();
    boolean first = output.firstCommit();
    boolean keeps =
        !first
            || output
                .config()
                .ifExists()
                .filter(FileSinkConfig.IfExists.APPEND::equals)
                .isPresent();
    Map<String, Manifest.Entry> listed = new LinkedHashMap<>();
    if (keeps) {
      former.files(path).forEach(entry -> listed.put(entry.name(), entry));
    }
    listed.putAll(files);
    disk.createDirectories(folder);
    former.with(path, new ArrayList<>(listed.values())).write(disk, folder, output.run().run());
    if (first && replaces()) {
      EpochManifests.removeListed(disk, folder, "");
    }
    for (Manifest.Entry old : former.files(path)) {
      Path gone = folder.resolve(old.name()).normalize();
      // Whoever wrote the manifest, nothing outside its folder is removed.
      if (!listed.containsKey(old.name()) && gone.startsWith(folder) && !gone.equals(folder)) {
        disk.delete(gone);
        deleteEmpty(gone.resolveSibling(""), folder);
      }
    }
  }

  private boolean replaces() {
    return output.config().ifExists().filter(FileSinkConfig.IfExists.REPLACE::equals).isPresent();
  }

  // Folders that a template has made, up to its fixed part.
  private void deleteEmpty(Path from, Path folder) throws IOException {
    Path empty = from;
    while (empty.startsWith(folder) && !empty.equals(folder) && disk.list(empty).isEmpty()) {
      disk.delete(empty);
      empty = empty.resolveSibling("");
    }
  }

  private void refuseForeign(List<Staged> staged, Path folder, Manifest former) throws IOException {
    Set<String> ours = former.names();
    for (Staged file : staged) {
      Path target = Path.of(detail(file, "target"));
      String name = folder.relativize(target).toString();
      boolean placed = disk.entry(Path.of(detail(file, "temp"))).isEmpty();
      if (!placed && !ours.contains(name) && disk.entry(target).isPresent()) {
        throw output.problem(
            ProblemCode.R303,
            "`"
                + output.run().files().shown(target)
                + "` is there and no former run of this pipeline has left it",
            "take another path, or say `if_exists: append` or `if_exists: replace`");
      }
    }
  }

  private void place(Staged file, Path target) throws IOException {
    Path temp = Path.of(detail(file, "temp"));
    try {
      if (disk.entry(temp).isPresent()) {
        if (output.continues(target)) {
          append(temp, target);
        } else {
          disk.rename(temp, target);
        }
      } else if (disk.entry(target).isEmpty()) {
        throw output.problem(
            ProblemCode.R302,
            "`" + output.run().files().shown(target) + "` was written and is gone",
            "run the pipeline again");
      }
      output.publish(target);
      KeptBy.remove(disk, target);
    } catch (IOException broken) {
      throw output.broken(target, broken);
    }
  }

  private void append(Path temp, Path target) throws IOException {
    long length = disk.entry(target).map(Disk.Entry::size).orElse(0L);
    byte[] buffer = new byte[1 << 16];
    try (Disk.Reading from = disk.read(temp);
        Disk.Writing to = disk.append(target, length)) {
      long position = 0;
      int count = from.read(position, buffer, 0, buffer.length);
      while (count >= 0) {
        to.write(buffer, 0, count);
        position += count;
        count = from.read(position, buffer, 0, buffer.length);
      }
      to.force();
    }
    disk.delete(temp);
  }

  private static String detail(Staged file, String name) {
    String value = file.details().get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " of " + file);
    }
    return value;
  }
}
