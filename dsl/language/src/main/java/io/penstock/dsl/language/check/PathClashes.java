package io.penstock.dsl.language.check;

import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds sinks that write where something else reads or writes. */
final class PathClashes {
  private final List<Place> read = new ArrayList<>();
  private final List<Place> written = new ArrayList<>();

  /** A path or pattern of a step. */
  private record Place(String step, String path, Origin origin) {
    /** What stands before the first wild card. */
    String fixed() {
      for (int i = 0; i < path.length(); i++) {
        if ("*?[{".indexOf(path.charAt(i)) >= 0) {
          return path.substring(0, i);
        }
      }
      return path;
    }

    boolean isPattern() {
      return fixed().length() < path.length();
    }

    /** What stands behind the last wild card. */
    String end() {
      int last = -1;
      for (int i = 0; i < path.length(); i++) {
        last = "*?]}".indexOf(path.charAt(i)) >= 0 ? i : last;
      }
      return path.substring(last + 1);
    }

    boolean matches(String other) {
      try {
        return isPattern() && Pattern.matches(regex(path), other);
      } catch (PatternSyntaxException notOurs) {
        return false;
      }
    }

    private static String regex(String glob) {
      StringBuilder regex = new StringBuilder();
      for (int i = 0; i < glob.length(); i++) {
        char c = glob.charAt(i);
        if (glob.startsWith("**", i)) {
          regex.append(".*");
          i++;
        } else {
          regex.append(
              switch (c) {
                case '*' -> "[^/]*";
                case '?' -> "[^/]";
                case '{' -> "(?:";
                case '}' -> ")";
                case ',' -> "|";
                case '[', ']' -> String.valueOf(c);
                default -> Pattern.quote(String.valueOf(c));
              });
        }
      }
      return regex.toString();
    }
  }

  void source(String step, SourceConfig config, Origin origin) {
    config.paths().forEach(path -> read.add(new Place(step, normal(path), origin)));
  }

  void sink(String step, SinkConfig config, Origin origin) {
    for (String path : config.paths()) {
      Optional<Template> template =
          config.templates().stream()
              .filter(t -> !t.isConstant() && t.prefix().equals(path))
              .findFirst();
      written.add(new Place(step, normal(template.map(PathClashes::pattern).orElse(path)), origin));
    }
  }

  void report(Problems problems) {
    for (int i = 0; i < written.size(); i++) {
      Place sink = written.get(i);
      Optional<Place> other = read.stream().filter(place -> clash(sink, place)).findFirst();
      other.ifPresent(place -> add(problems, sink, place, "reads"));
      if (other.isEmpty()) {
        written.subList(0, i).stream()
            .filter(place -> clash(sink, place))
            .findFirst()
            .ifPresent(place -> add(problems, sink, place, "writes"));
      }
    }
  }

  private static void add(Problems problems, Place sink, Place other, String does) {
    problems.add(
        ProblemCode.E210,
        sink.origin,
        "`"
            + sink.step
            + "` writes to `"
            + sink.path
            + "`, where `"
            + other.step
            + "` "
            + does
            + " (`"
            + other.path
            + "`)",
        "give the sink another path");
  }

  private static boolean clash(Place sink, Place other) {
    String a = sink.path;
    String b = other.path;
    if (a.equals(b) || sink.matches(b) || other.matches(a)) {
      return true;
    }
    if (inside(sink, other) || inside(other, sink)) {
      return true;
    }
    boolean wild = sink.isPattern() && other.isPattern();
    boolean begins =
        sink.fixed().startsWith(other.fixed()) || other.fixed().startsWith(sink.fixed());
    boolean ends = sink.end().endsWith(other.end()) || other.end().endsWith(sink.end());
    return wild && begins && ends && depth(a) == depth(b);
  }

  /** Whether the first is a folder that holds the second. */
  private static boolean inside(Place folder, Place place) {
    if (folder.isPattern()) {
      return false;
    }
    String below = folder.path.endsWith("/") ? folder.path : folder.path + "/";
    return place.fixed().startsWith(below) || place.path.equals(folder.path);
  }

  private static long depth(String path) {
    return path.chars().filter(c -> c == '/').count();
  }

  private static String pattern(Template template) {
    StringBuilder pattern = new StringBuilder();
    for (Template.Part part : template.parts()) {
      pattern.append(part instanceof Template.Literal literal ? literal.text() : "*");
    }
    return pattern.toString();
  }

  private static String normal(String path) {
    String slashes = path.replaceAll("/+", "/").replaceAll("(^|/)(\\./)+", "$1");
    String before;
    do {
      before = slashes;
      slashes = slashes.replaceFirst("(^|/)(?!\\.\\./)[^/]+/\\.\\./", "$1");
    } while (!before.equals(slashes));
    return slashes;
  }
}
