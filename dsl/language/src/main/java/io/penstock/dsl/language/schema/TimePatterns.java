package io.penstock.dsl.language.schema;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.TimeFormat;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in the parentheses of {@code timestamp(...)} and {@code date(...)}. */
final class TimePatterns {
  private static final Map<String, TextTypes.Epoch> EPOCHS =
      Map.of(
          "epoch_s", TextTypes.Epoch.EPOCH_S,
          "epoch_ms", TextTypes.Epoch.EPOCH_MS,
          "epoch_us", TextTypes.Epoch.EPOCH_US,
          "epoch_ns", TextTypes.Epoch.EPOCH_NS);

  private final String word;
  private final List<String> arguments;

  TimePatterns(String word, List<String> arguments) {
    this.word = word;
    this.arguments = arguments;
  }

  /** Adds the pattern of a path; false where it is wrong, which is reported. */
  boolean read(
      FieldPath path,
      Map<FieldPath, TextTypes.TimePattern> patterns,
      Problems problems,
      Origin origin) {
    boolean timestamp = word.equals("timestamp");
    TextTypes.Epoch epoch = EPOCHS.get(arguments.get(0));
    if (timestamp && arguments.size() == 1 && epoch != null) {
      patterns.put(path, epoch);
      return true;
    }
    boolean strict = timestamp && arguments.size() == 3 && arguments.get(2).equals("strict");
    boolean counted = timestamp ? arguments.size() <= 2 || strict : arguments.size() == 1;
    if (!counted
        || !quoted(arguments.get(0))
        || arguments.size() > 1 && !quoted(arguments.get(1))) {
      problems.add(ProblemCode.E407, origin, "`" + word + "` is written in another way", forms());
      return false;
    }
    String pattern = bare(arguments.get(0));
    Optional<ZoneId> zone = Optional.empty();
    try {
      TimeFormat.of(pattern);
      if (arguments.size() > 1) {
        zone = Optional.of(ZoneId.of(bare(arguments.get(1))));
      }
    } catch (DateTimeException unknownZone) {
      problems.add(
          ProblemCode.E407,
          origin,
          "unknown time zone `" + bare(arguments.get(1)) + "`",
          "write a zone such as 'Europe/Paris' or 'UTC'");
      return false;
    } catch (IllegalArgumentException noPattern) {
      problems.add(
          ProblemCode.E407,
          origin,
          "`" + pattern + "` is no pattern of times: " + noPattern.getMessage(),
          "write one such as 'yyyy-MM-dd HH:mm:ss'");
      return false;
    }
    if (timestamp && zone.isEmpty() && !namesZone(pattern)) {
      problems.add(
          ProblemCode.E407,
          origin,
          "the pattern `" + pattern + "` names no zone, so the type must",
          "write `timestamp('" + pattern + "', 'Europe/Paris')`");
      return false;
    }
    lint(pattern, problems, origin);
    patterns.put(
        path,
        new TextTypes.Text(
            pattern, timestamp ? Optional.of(zone.orElse(ZoneOffset.UTC)) : zone, strict));
    return true;
  }

  private String forms() {
    return word.equals("date")
        ? "write `date('dd/MM/yyyy')`"
        : "write `timestamp('yyyy/MM/dd HH:mm', 'Europe/Paris')` or `timestamp(epoch_ms)`";
  }

  private static void lint(String pattern, Problems problems, Origin origin) {
    String letters = pattern.replaceAll("'[^']*'", "");
    if (letters.contains("Y") && !letters.contains("w")) {
      odd(problems, origin, "`Y` in `" + pattern + "` is the year of the week", "write `yyyy`");
    }
    if (letters.contains("D") && letters.contains("M")) {
      odd(problems, origin, "`D` in `" + pattern + "` is the day of the year", "write `dd`");
    }
    if (letters.contains("h") && !letters.contains("a")) {
      odd(
          problems,
          origin,
          "`h` in `" + pattern + "` counts the hours of half a day, and no `a` says which half",
          "write `HH`");
    }
  }

  private static void odd(Problems problems, Origin origin, String message, String hint) {
    problems.add(ProblemCode.W401, origin, message, hint);
  }

  private static boolean namesZone(String pattern) {
    return pattern.replaceAll("'[^']*'", "").matches(".*[XxZVzO].*");
  }

  private static boolean quoted(String argument) {
    return argument.length() > 1 && argument.startsWith("'") && argument.endsWith("'");
  }

  private static String bare(String argument) {
    return argument.substring(1, argument.length() - 1).replace("''", "'");
  }
}
