package io.penstock.connectors.standard.file;

import io.penstock.api.data.Column;
import io.penstock.api.option.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes paths out of a template. Values of data become parts of names only: whatever could lead to
 * another folder, or is no name somewhere, is percent-encoded.
 */
final class PathTemplate {
  private static final int LONGEST_NAME = 200;
  private static final String REFUSED = "/\\:*?\"<>|%\u007f";
  private static final Set<String> DEVICES =
      Set.of("CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "LPT1", "LPT2", "LPT3");

  private final Template template;

  PathTemplate(Template template) {
    this.template = template;
  }

  /** The folder below which all paths lie. */
  String folder() {
    String prefix = template.prefix();
    int slash = prefix.lastIndexOf('/');
    if (slash < 0) {
      return ".";
    }
    return slash == 0 ? "/" : prefix.substring(0, slash);
  }

  /** The path for a row; empty where the values give none. */
  Optional<String> path(List<Column.Bytes> values, int row) {
    StringBuilder path = new StringBuilder();
    int value = 0;
    for (Template.Part part : template.parts()) {
      if (part instanceof Template.Literal literal) {
        path.append(literal.text());
      } else {
        path.append(encoded(values.get(value++).text(row)));
      }
    }
    String tail = path.substring(Math.min(path.length(), template.prefix().length()));
    String names = path.substring(template.prefix().lastIndexOf('/') + 1);
    return usable(names, tail) ? Optional.of(guarded(path.toString(), names)) : Optional.empty();
  }

  private static boolean usable(String names, String tail) {
    String trimmed = names.endsWith("/") ? names.substring(0, names.length() - 1) : names;
    for (String name : trimmed.split("/", -1)) {
      if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        return false;
      }
    }
    return !tail.isEmpty();
  }

  // Names that stand for a device on some systems.
  private static String guarded(String path, String names) {
    StringBuilder safe = new StringBuilder(path.substring(0, path.length() - names.length()));
    String[] parts = names.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      String name = parts[i];
      int dot = name.indexOf('.');
      String stem = (dot < 0 ? name : name.substring(0, dot)).toUpperCase(Locale.ROOT);
      safe.append(i > 0 ? "/" : "");
      safe.append(DEVICES.contains(stem) ? percent(name.charAt(0)) + name.substring(1) : name);
    }
    return safe.toString();
  }

  private static String encoded(String value) {
    StringBuilder name = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean edge = i == 0 || i == value.length() - 1;
      boolean refused =
          c < ' ' || REFUSED.indexOf(c) >= 0 || edge && (c == '.' || c == ' ' || c == '~');
      name.append(refused ? percent(c) : String.valueOf(c));
    }
    return name.toString();
  }

  private static String percent(char c) {
    return String.format(Locale.ROOT, "%%%02X", (int) c);
  }
}
