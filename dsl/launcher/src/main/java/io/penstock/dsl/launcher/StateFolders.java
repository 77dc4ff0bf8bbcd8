package io.penstock.dsl.launcher;

import io.penstock.api.system.Disk;
import io.penstock.core.inspect.KeptFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the folders of runs that an argument names. */
final class StateFolders {
  private StateFolders() {}

  /** All of them; at least one. */
  static List<KeptFolder> all(Shell shell, String argument) throws IOException {
    Path path = shell.path(argument);
    if (shell.disk().entry(path).isEmpty()) {
      throw new UsageException("no such folder: `" + argument + "`");
    }
    List<KeptFolder> found = KeptFolder.at(shell.disk(), path);
    if (found.isEmpty()) {
      throw new UsageException("no state is kept in `" + argument + "`");
    }
    return found;
  }

  /** The one that is meant. */
  static KeptFolder one(Shell shell, String argument) throws IOException {
    List<KeptFolder> found = all(shell, argument);
    if (found.size() > 1) {
      List<String> names = new ArrayList<>();
      found.forEach(folder -> names.add(name(folder)));
      throw new UsageException(
          "`"
              + argument
              + "` holds the state of several pipelines, name one of them: "
              + String.join(", ", names));
    }
    return found.get(0);
  }

  static String name(KeptFolder folder) {
    return String.valueOf(folder.path().getFileName());
  }

  /** How many bytes its files have. */
  static long size(KeptFolder folder) throws IOException {
    return folder.files().stream().mapToLong(Disk.Entry::size).sum();
  }
}
