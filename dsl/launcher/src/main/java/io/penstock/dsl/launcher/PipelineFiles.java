package io.penstock.dsl.launcher;

import io.penstock.api.system.Disk;
import io.penstock.api.system.Disk.Entry;
import io.penstock.dsl.language.text.SourceText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds and reads the files that arguments name. */
final class PipelineFiles {
  private static final int DEEPEST = 32;

  private final Shell shell;

  /** A file under the name that the user knows it by. */
  record Named(String name, Path path) {}

  PipelineFiles(Shell shell) {
    this.shell = shell;
  }

  /** The file that an argument names; it must be there. */
  Named file(String argument) {
    Named named = named(argument);
    Entry.Kind kind = kind(named);
    if (kind == Entry.Kind.DIRECTORY) {
      throw new UsageException("`" + argument + "` is a folder: name a pipeline file in it");
    }
    return regular(named, kind);
  }

  /**
   * The files that arguments name: files as they are, folders with all files below that are wanted.
   */
  List<Named> files(List<String> arguments, Predicate<Named> wanted) {
    List<Named> files = new ArrayList<>();
    for (String argument : arguments) {
      Named named = named(argument);
      Entry.Kind kind = kind(named);
      if (kind == Entry.Kind.DIRECTORY) {
        below(named, wanted, files, 0);
      } else {
        files.add(regular(named, kind));
      }
    }
    return files;
  }

  /** Whether there is anything under this name. */
  boolean exists(String argument) {
    try {
      return shell.disk().entry(named(argument).path()).isPresent();
    } catch (IOException e) {
      throw unreadable(argument, e);
    }
  }

  private Named named(String argument) {
    try {
      return new Named(argument, shell.path(argument));
    } catch (java.nio.file.InvalidPathException e) {
      throw new UsageException("`" + argument + "` is no path");
    }
  }

  private static Named regular(Named named, Entry.Kind kind) {
    if (kind == Entry.Kind.SPECIAL) {
      throw new UsageException("`" + named.name() + "` is a pipe or a device: name a file");
    }
    return named;
  }

  private Entry.Kind kind(Named named) {
    Optional<Entry> entry;
    try {
      entry = shell.disk().entry(named.path());
    } catch (IOException e) {
      throw unreadable(named.name(), e);
    }
    return entry
        .map(Entry::kind)
        .orElseThrow(() -> new UsageException("no such file: `" + named.name() + "`"));
  }

  private void below(Named folder, Predicate<Named> wanted, List<Named> files, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    List<Entry> entries;
    try {
      entries = shell.disk().list(folder.path());
    } catch (IOException e) {
      throw unreadable(folder.name(), e);
    }
    for (Entry entry : entries) {
      String name = String.valueOf(entry.path().getFileName());
      Named child = new Named(Paths.get(folder.name()).resolve(name).toString(), entry.path());
      if (name.startsWith(".") || name.equals("target") || name.equals("node_modules")) {
        continue;
      }
      if (entry.kind() == Entry.Kind.DIRECTORY) {
        below(child, wanted, files, depth + 1);
      } else if (entry.kind() == Entry.Kind.FILE && isYaml(name) && wanted.test(child)) {
        files.add(child);
      }
    }
  }

  private static boolean isYaml(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /** All bytes of a file that must be there; of a file past the limit of texts, a few more. */
  byte[] bytes(Named file) {
    try {
      return bytes(shell.disk(), file.path());
    } catch (IOException e) {
      throw unreadable(file.name(), e);
    }
  }

  /** All bytes of a file; of a file past the limit of texts, a few more than the limit. */
  static byte[] bytes(Disk disk, Path path) throws IOException {
    try (Disk.Reading reading = disk.read(path)) {
      byte[] bytes = new byte[(int) Math.min(reading.length(), SourceText.MAX_BYTES + 1L)];
      int count = 0;
      while (count < bytes.length) {
        int read = reading.read(count, bytes, count, bytes.length - count);
        if (read < 0) {
          return java.util.Arrays.copyOf(bytes, count);
        }
        count += read;
      }
      return bytes;
    }
  }

  private static UsageException unreadable(String name, IOException e) {
    String why = e instanceof AccessDeniedException ? "permission denied" : reason(e);
    return new UsageException("`" + name + "` cannot be read: " + why);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
