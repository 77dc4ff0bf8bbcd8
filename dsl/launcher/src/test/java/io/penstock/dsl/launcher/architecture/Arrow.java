package io.penstock.dsl.launcher.architecture;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** One package names a class of another. */
record Arrow(String from, String to) implements Comparable<Arrow> {
  private static final Pattern EDGE = Pattern.compile("^ +(io\\.penstock\\.\\S+) +-> (\\S+) .*");
  private static final String OURS = "io.penstock.";

  /** All arrows between packages, to our own and to libraries; JDK and annotations left out. */
  static SortedSet<Arrow> readAll(List<Path> classes) {
    List<String> arguments =
        new ArrayList<>(List.of("--multi-release", "base", "-verbose:class", "-filter:none"));
    classes.forEach(folder -> arguments.add(folder.toString()));
    StringWriter out = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int code =
        jdeps.run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
    if (code != 0) {
      throw new AssertionError("jdeps ends with " + code + "\n" + out);
    }
    SortedSet<Arrow> arrows = new TreeSet<>();
    out.toString().lines().map(EDGE::matcher).filter(Matcher::matches).forEach(m -> add(m, arrows));
    return arrows;
  }

  private static void add(Matcher edge, SortedSet<Arrow> arrows) {
    Arrow arrow = new Arrow(packageOf(edge.group(1)), packageOf(edge.group(2)));
    boolean everywhere =
        arrow.to.startsWith("java.")
            || arrow.to.startsWith("javax.crypto")
            || arrow.to.startsWith("jdk.")
            || arrow.to.equals("org.jspecify.annotations");
    if (!everywhere && !arrow.from.equals(arrow.to)) {
      arrows.add(arrow);
    }
  }

  private static String packageOf(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Whether the arrow stays in this project. */
  boolean isOurs() {
    return to.startsWith(OURS);
  }

  /** Whether it begins in a package or below it. */
  boolean startsIn(String room) {
    return within(from, room);
  }

  /** Whether it ends in a package or below it. */
  boolean endsIn(String room) {
    return within(to, room);
  }

  private static boolean within(String name, String room) {
    return name.equals(room) || name.startsWith(room + ".");
  }

  @Override
  public int compareTo(Arrow other) {
    int byFrom = from.compareTo(other.from);
    return byFrom != 0 ? byFrom : to.compareTo(other.to);
  }

  @Override
  public String toString() {
    return from + " -> " + to;
  }
}
