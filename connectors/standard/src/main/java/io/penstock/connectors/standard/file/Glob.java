package io.penstock.connectors.standard.file;

import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A path, or a pattern of paths: {@code *} and {@code ?} inside a name, {@code **} for any number
 * of folders, {@code [ab]}, {@code {a,b}}. Names that begin with a dot, and the manifest of a
 * folder of parts, are found only by patterns that begin as they do.
 */
final class Glob {
  private static final String MANIFEST = "_manifest.json";

  private final Path base;
  private final List<Name> names;

  private Glob(Path base, List<Name> names) {
    this.base = base;
    this.names = names;
  }

  /** A name of the pattern; folders for {@code **}. */
  private record Name(String text, Pattern pattern, boolean folders) {
    boolean matches(String name) {
      boolean hidden = name.startsWith(".") || name.equals(MANIFEST);
      return pattern.matcher(name).matches() && !(hidden && text.charAt(0) != name.charAt(0));
    }
  }

  /** What is wrong with a pattern. */
  static Optional<String> problem(String pattern) {
    if (pattern.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (pattern.indexOf('\0') >= 0) {
      return Optional.of("it holds a NUL");
    }
    try {
      for (String name : pattern.split("/", -1)) {
        regex(name);
      }
      return Optional.empty();
    } catch (PatternSyntaxException wrong) {
      return Optional.of("a bracket is not closed, and a `/` may not stand inside brackets");
    }
  }

  /** A pattern that finds the file of this path and no other. */
  static String literal(String path) {
    return path.replaceAll("[*?\\[{]", "[$0]");
  }

  /** Whether the text is a pattern, not a path. */
  static boolean isPattern(String path) {
    return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
  }

  static Glob of(String pattern, Files files) throws IOException {
    String[] parts = pattern.split("/", -1);
    int plain = 0;
    while (plain < parts.length && !isPattern(parts[plain])) {
      plain++;
    }
    String prefix = String.join("/", List.of(parts).subList(0, plain));
    if (prefix.isEmpty()) {
      prefix = pattern.startsWith("/") ? "/" : ".";
    }
    List<Name> names = new ArrayList<>();
    for (String part : List.of(parts).subList(plain, parts.length)) {
      if (!part.isEmpty()) {
        names.add(new Name(part, regex(part), part.equals("**")));
      }
    }
    return new Glob(files.resolve(prefix), names);
  }

  /** Whether a path is the one meant, or one that the pattern matches. */
  boolean matches(Path path) {
    if (!path.startsWith(base)) {
      return false;
    }
    List<String> rest = new ArrayList<>();
    if (!path.equals(base)) {
      base.relativize(path).forEach(name -> rest.add(name.toString()));
    }
    return matches(rest, 0, 0);
  }

  private boolean matches(List<String> path, int from, int name) {
    if (name == names.size()) {
      return from == path.size();
    }
    if (names.get(name).folders()) {
      boolean last = name + 1 == names.size();
      for (int skip = from; skip <= path.size(); skip++) {
        if (last ? skip > from || from < path.size() : matches(path, skip, name + 1)) {
          return true;
        }
      }
      return false;
    }
    return from < path.size()
        && names.get(name).matches(path.get(from))
        && matches(path, from + 1, name + 1);
  }

  /** Finds the files. */
  void find(Disk disk, Set<Path> found) throws IOException {
    find(disk, base, 0, found, new HashSet<>());
  }

  private void find(Disk disk, Path folder, int name, Set<Path> found, Set<Path> visited)
      throws IOException {
    Name wanted = names.get(name);
    boolean last = name + 1 == names.size();
    // Links may lead back into a folder above.
    if (wanted.folders() && !visited.add(disk.real(folder))) {
      return;
    }
    if (wanted.folders() && !last) {
      find(disk, folder, name + 1, found, visited);
    }
    for (Disk.Entry entry : disk.list(folder)) {
      boolean isFolder = entry.kind() == Disk.Entry.Kind.DIRECTORY;
      if (!wanted.matches(entry.path().getFileName().toString())) {
        continue;
      }
      if (isFolder && wanted.folders()) {
        find(disk, entry.path(), name, found, visited);
      } else if (isFolder && !last) {
        find(disk, entry.path(), name + 1, found, visited);
      } else if (last && entry.kind() == Disk.Entry.Kind.FILE) {
        found.add(entry.path());
      }
    }
  }

  private static Pattern regex(String name) {
    StringBuilder regex = new StringBuilder();
    boolean inBraces = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '{' -> {
          regex.append("(?:");
          inBraces = true;
        }
        case '}' -> {
          regex.append(inBraces ? ")" : "\\}");
          inBraces = false;
        }
        case ',' -> regex.append(inBraces ? "|" : ",");
        case '[' -> {
          int close = name.indexOf(']', i + 2);
          if (close < 0) {
            throw new PatternSyntaxException("open", name, i);
          }
          String inside =
              name.substring(i + 1, close)
                  .replace("\\", "\\\\")
                  .replace("[", "\\[")
                  .replace("&", "\\&");
          regex
              .append('[')
              .append(inside.startsWith("!") ? "^" + inside.substring(1) : inside)
              .append(']');
          i = close;
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
