package io.penstock.core.expression.grok;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The patterns of a file, looked at one by one.
 *
 * @param readable all of them; those with a mistake are {@link GrokPatterns#UNREADABLE}
 * @param mistakes by name, none that only follows from another
 */
public record OwnPatterns(Map<String, String> readable, Map<String, GrokMistake> mistakes) {
  /** How deep patterns of a file may lead into each other. */
  private static final int MAX_DEPTH = 50;

  public OwnPatterns {
    readable = Collections.unmodifiableMap(new LinkedHashMap<>(readable));
    mistakes = Collections.unmodifiableMap(new LinkedHashMap<>(mistakes));
  }

  /** Looks at patterns by name. */
  public static OwnPatterns of(Map<String, String> written) {
    Search search = new Search(written);
    written.keySet().forEach(search::look);
    Map<String, String> readable = new LinkedHashMap<>(written);
    search.broken.forEach(name -> readable.put(name, GrokPatterns.UNREADABLE));
    return new OwnPatterns(readable, search.mistakes);
  }

  /** Goes from pattern to pattern, those that one is made of first. */
  private static final class Search {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern NAMED = Pattern.compile("%\\{([A-Za-z0-9_]+)");
    private static final String ANYTHING = "(?:.*)";

    private final Map<String, String> written;
    private final Map<String, String> mended;
    private final Map<String, GrokMistake> mistakes = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private final Deque<String> way = new ArrayDeque<>();

    Search(Map<String, String> written) {
      this.written = written;
      this.mended = new LinkedHashMap<>(written);
    }

    void look(String name) {
      if (way.contains(name)) {
        circle(name);
        return;
      }
      if (done.contains(name) || way.size() > MAX_DEPTH) {
        return;
      }
      way.push(name);
      boolean whole = true;
      for (String part : parts(name)) {
        look(part);
        whole &= !broken.contains(part);
      }
      way.pop();
      done.add(name);
      read(name);
      if (!whole || broken.contains(name)) {
        broken.add(name);
        mended.put(name, ANYTHING);
      }
    }

    private List<String> parts(String name) {
      List<String> parts = new ArrayList<>();
      Matcher named = NAMED.matcher(written.getOrDefault(name, ""));
      while (named.find()) {
        if (written.containsKey(named.group(1))) {
          parts.add(named.group(1));
        }
      }
      return parts;
    }

    private void circle(String name) {
      List<String> round = new ArrayList<>();
      round.add(name);
      for (String step : way) {
        round.add(step);
        if (step.equals(name)) {
          break;
        }
      }
      Collections.reverse(round);
      String first = first(round);
      mistakes.put(first, GrokMistake.circle(first, turned(round, first)));
      round.forEach(step -> mended.put(step, ANYTHING));
      broken.addAll(round);
    }

    /** The one of a circle that stands first in the file. */
    private String first(List<String> round) {
      return written.keySet().stream().filter(round::contains).findFirst().orElse(round.get(0));
    }

    private static List<String> turned(List<String> round, String first) {
      List<String> open = round.subList(0, round.size() - 1);
      int at = open.indexOf(first);
      List<String> turned = new ArrayList<>(open.subList(at, open.size()));
      turned.addAll(open.subList(0, at));
      turned.add(first);
      return turned;
    }

    private void read(String name) {
      try {
        if (!NAME.matcher(name).matches()) {
          throw new GrokMistake(
              "`" + name + "` is no name of a pattern", "write letters, digits and _: ORDER_ID");
        }
        Grok.of(written.getOrDefault(name, ""), GrokPatterns.with(mended));
      } catch (GrokMistake mistake) {
        if (mistakes.putIfAbsent(name, mistake) == null) {
          broken.add(name);
        }
      }
    }
  }
}
