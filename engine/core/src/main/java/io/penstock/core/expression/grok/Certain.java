package io.penstock.core.expression.grok;

import io.penstock.core.expression.function.RegexText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the groups of a regular expression that have a text whenever it matches: those that stand
 * in no branch of an alternative and in nothing that may be left out.
 */
final class Certain {
  private final String regex;
  private final Deque<Group> open = new ArrayDeque<>();
  private final Set<String> uncertain = new HashSet<>();

  private Certain(String regex) {
    this.regex = regex;
  }

  /** A bracket that is open: its name, and the groups in it. */
  private static final class Group {
    final String name;
    final List<String> inside = new ArrayList<>();
    boolean branches;

    Group(String name) {
      this.name = name;
    }
  }

  /** The names of groups that may be without a text. */
  static Set<String> not(String regex) {
    Certain search = new Certain(regex);
    search.walk();
    return search.uncertain;
  }

  private void walk() {
    open.push(new Group(""));
    int at = 0;
    while (at < regex.length()) {
      at = next(at);
    }
    while (!open.isEmpty()) {
      close(regex.length());
    }
  }

  private int next(int at) {
    switch (regex.charAt(at)) {
      case '\\' -> {
        int close = regex.startsWith("\\Q", at) ? regex.indexOf("\\E", at) : at;
        return close < 0 ? regex.length() : close + 2;
      }
      case '[' -> {
        return RegexText.classEnd(regex, at);
      }
      case '(' -> {
        boolean named = regex.startsWith("(?P<", at);
        open.push(new Group(named ? regex.substring(at + 4, regex.indexOf('>', at)) : ""));
      }
      case '|' -> open.getFirst().branches = true;
      case ')' -> {
        if (open.size() > 1) {
          close(at + 1);
        }
      }
      default -> {}
    }
    return at + 1;
  }

  private void close(int behind) {
    Group group = open.pop();
    boolean leftOut =
        regex.startsWith("?", behind)
            || regex.startsWith("*", behind)
            || regex.startsWith("{0", behind);
    if (group.branches || leftOut) {
      uncertain.addAll(group.inside);
    }
    if (!group.name.isEmpty()) {
      group.inside.add(group.name);
    }
    if (leftOut) {
      uncertain.addAll(group.inside);
    }
    if (!open.isEmpty()) {
      open.getFirst().inside.addAll(group.inside);
    }
  }
}
