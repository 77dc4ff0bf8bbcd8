package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code event.kind}; a dot inside a name is quoted: {@code 'a.b'.c}. */
final class Paths {
  private Paths() {}

  static FieldPath read(String written) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (char c : written.toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return new FieldPath(names);
  }
}
