package io.penstock.core.expression.grok;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named patterns: those of a file and those that every pipeline knows. A file's own come first, but
 * the known ones are made of known ones only, so that a name of the file cannot change them.
 * Immutable.
 */
public final class GrokPatterns {
  /** Stands for a pattern whose mistake has been reported. */
  public static final String UNREADABLE = "\0unreadable";

  private static final String FILE = "patterns.txt";

  private final Map<String, String> own;

  private GrokPatterns(Map<String, String> own) {
    this.own = own;
  }

  /** A named pattern and where it comes from. */
  record Named(String name, String pattern, boolean known) {}

  /** The patterns that every pipeline knows, by heading, in the order of the reference. */
  public record Heading(String title, Map<String, String> patterns) {
    public Heading {
      patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
    }
  }

  /** Read at the first use, because most runs use no grok. */
  private static final class Known {
    private static final List<Heading> HEADINGS = read();
    private static final Map<String, String> PATTERNS = all();

    private static Map<String, String> all() {
      Map<String, String> patterns = new LinkedHashMap<>();
      HEADINGS.forEach(heading -> patterns.putAll(heading.patterns()));
      return Collections.unmodifiableMap(patterns);
    }
  }

  /** With patterns of a file, by name. */
  public static GrokPatterns with(Map<String, String> own) {
    return new GrokPatterns(Map.copyOf(own));
  }

  /** The patterns that every pipeline knows. */
  public static List<Heading> known() {
    return Known.HEADINGS;
  }

  /** A pattern, as one of the known ones or of the file sees it. */
  Optional<Named> find(String name, boolean fromKnown) {
    if (!fromKnown && own.containsKey(name)) {
      return Optional.of(new Named(name, own.getOrDefault(name, ""), false));
    }
    return Optional.ofNullable(Known.PATTERNS.get(name)).map(p -> new Named(name, p, true));
  }

  /** All names. */
  List<String> names() {
    List<String> names = new ArrayList<>(own.keySet());
    names.addAll(Known.PATTERNS.keySet());
    Collections.sort(names);
    return names;
  }

  private static List<Heading> read() {
    List<Heading> headings = new ArrayList<>();
    Map<String, String> patterns = new LinkedHashMap<>();
    String title = "";
    for (String line : text().split("\n")) {
      if (line.startsWith("#") || line.isBlank()) {
        if (!patterns.isEmpty()) {
          headings.add(new Heading(title, patterns));
          patterns.clear();
        }
        title = line.isBlank() ? title : line.substring(1).strip();
        continue;
      }
      int blank = line.indexOf(' ');
      patterns.put(line.substring(0, blank), line.substring(blank + 1));
    }
    headings.add(new Heading(title, patterns));
    return List.copyOf(headings);
  }

  private static String text() {
    try (InputStream file = GrokPatterns.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the program lacks its file " + FILE);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
