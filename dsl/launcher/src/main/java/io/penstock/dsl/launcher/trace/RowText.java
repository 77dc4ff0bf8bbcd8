package io.penstock.dsl.launcher.trace;

import io.penstock.core.logical.Operation;
import io.penstock.dsl.launcher.explain.OperationText;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows and what changed of them, as lines of text. */
final class RowText {
  private static final int MOST_CHARACTERS = 400;
  private static final int MOST_OF_A_STEP = 120;

  private RowText() {}

  /** A row on one line. */
  static String of(Json row) {
    return cut(row.toText());
  }

  /**
   * The fields that differ, each on a line: {@code + name: value}, {@code - name: value}, {@code
   * name: before -> after}.
   */
  static List<String> changes(Json before, Json after) {
    Map<String, Json> old = before.members();
    Map<String, Json> now = after.members();
    List<String> lines = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      Optional<Json> was = Optional.ofNullable(old.get(name));
      Optional<Json> is = Optional.ofNullable(now.get(name));
      if (was.isEmpty()) {
        lines.add("+ " + name + ": " + of(is.orElseThrow()));
      } else if (is.isEmpty()) {
        lines.add("- " + name + ": " + of(was.get()));
      } else if (!was.get().toText().equals(is.get().toText())) {
        lines.add("  " + name + ": " + of(was.get()) + " -> " + of(is.get()));
      }
    }
    return lines;
  }

  /** A text, or its beginning. */
  static String cut(String text) {
    return cut(text, MOST_CHARACTERS);
  }

  /** A text, or its first characters. */
  static String cut(String text, int most) {
    return text.length() <= most
        ? text
        : text.substring(0, most) + "... (" + text.length() + " characters)";
  }

  /** What a step does, or the beginning of it. */
  static String does(Operation operation) {
    if (operation instanceof Operation.Chain chain) {
      int parts = chain.links().size();
      return parts == 1 ? "1 part" : parts + " parts";
    }
    String text = OperationText.of(operation);
    return text.length() <= MOST_OF_A_STEP ? text : text.substring(0, MOST_OF_A_STEP) + "...";
  }
}
