package io.penstock.connectors.standard.log;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Times;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads messages as RFC 5424 or RFC 3164 have them; the version behind the priority tells which. Of
 * the latter what is read is what programs write: host, program and process may be missing.
 *
 * @param times how times of RFC 3164 are read
 */
record SyslogText(LogTime times) implements LogText {
  static final String FACILITY = "facility";
  static final String SEVERITY = "severity";
  static final String TIME = "time";
  static final String HOST = "host";
  static final String APP = "app";
  static final String PROCESS = "process_id";
  static final String MESSAGE_ID = "message_id";
  static final String DATA = "data";
  static final String MESSAGE = "message";

  static final Schema FIELDS =
      Schema.of(
          Field.optional(FACILITY, DataType.STRING),
          Field.optional(SEVERITY, DataType.STRING),
          Field.optional(TIME, DataType.TIMESTAMP),
          Field.optional(HOST, DataType.STRING),
          Field.optional(APP, DataType.STRING),
          Field.optional(PROCESS, DataType.STRING),
          Field.optional(MESSAGE_ID, DataType.STRING),
          Field.of(
              DATA,
              new DataType.MapOf(
                  ValueType.required(new DataType.MapOf(ValueType.required(DataType.STRING))))),
          Field.of(MESSAGE, DataType.STRING));

  /** What may stand before the text of a message of RFC 5424, to say that it is UTF-8. */
  static final String MARK = "\uFEFF";

  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]? ");
  private static final Pattern TAG = Pattern.compile("([^\\s\\[\\]:]{1,64})(?:\\[([^\\]]*)\\])?:");

  @Override
  public Optional<Schema> fields() {
    return Optional.of(FIELDS);
  }

  @Override
  public boolean isJsonInTexts() {
    return false;
  }

  @Override
  public Part.Group read(String text, Optional<Long> readAt) {
    Map<String, Part> parts = new LinkedHashMap<>();
    TextPlace place = new TextPlace(text);
    boolean priority = priority(place, parts);
    if (priority && VERSION.matcher(text).region(place.at(), text.length()).lookingAt()) {
      structured(text, place, parts);
    } else {
      plain(text, place, priority, readAt, parts);
    }
    return new Part.Group(parts);
  }

  private static boolean priority(TextPlace place, Map<String, Part> parts) {
    if (!place.take("<")) {
      return false;
    }
    int number = place.number(3);
    place.expect(">");
    if (number >= Priority.COUNT) {
      throw place.wrong("the priority " + number + " is above " + (Priority.COUNT - 1));
    }
    Priority priority = new Priority(number);
    parts.put(FACILITY, text(priority.facility()));
    parts.put(SEVERITY, text(priority.severity()));
    return true;
  }

  private static Part text(String text) {
    return new Part.Text(text, false);
  }

  private static void structured(String text, TextPlace place, Map<String, Part> parts) {
    String version = place.word();
    if (!version.equals("1")) {
      throw place.wrong("the version " + version + " of syslog is not known");
    }
    header(place).ifPresent(time -> parts.put(TIME, time(time)));
    for (String field : List.of(HOST, APP, PROCESS, MESSAGE_ID)) {
      header(place).ifPresent(word -> parts.put(field, text(word)));
    }
    place.expect(" ");
    parts.put(DATA, place.take("-") ? new Part.Group(Map.of()) : data(text, place));
    if (!place.ended()) {
      place.expect(" ");
    }
    boolean unused = place.take(MARK);
    parts.put(MESSAGE, text(place.rest()));
  }

  /** A field of the header; none for a dash. */
  private static Optional<String> header(TextPlace place) {
    place.expect(" ");
    String word = place.word();
    if (word.isEmpty()) {
      throw place.wrong("a field is missing");
    }
    return word.equals("-") ? Optional.empty() : Optional.of(word);
  }

  private static Part.Time time(String word) {
    return new Part.Time(
        word,
        () -> {
          long micros = Times.parseTimestamp(word);
          if (micros == Times.NONE) {
            throw new BadRecord(
                ProblemCode.D104,
                "`time` must be a time of RFC 3339 with its zone, not `" + word + "`");
          }
          return micros;
        });
  }

  private static Part.Group data(String text, TextPlace place) {
    Map<String, Part> data = new LinkedHashMap<>();
    place.expect("[");
    do {
      String id = name(text, place);
      if (data.put(id, element(text, place)) != null) {
        throw new BadRecord(
            ProblemCode.D109, place.wrong("the element `" + id + "` stands there twice").text());
      }
    } while (place.take("["));
    return new Part.Group(data);
  }

  /** The pairs of an element of structured data; a name may stand in it several times. */
  private static Part.Group element(String text, TextPlace place) {
    Map<String, List<Part>> found = new LinkedHashMap<>();
    while (!place.take("]")) {
      place.expect(" ");
      place.blanks();
      if (place.here() != ']') {
        String name = name(text, place);
        place.expect("=\"");
        found.computeIfAbsent(name, n -> new ArrayList<>()).add(text(value(place)));
      }
    }
    Map<String, Part> pairs = new LinkedHashMap<>();
    found.forEach(
        (name, values) ->
            pairs.put(name, values.size() == 1 ? values.get(0) : new Part.Many(values)));
    return new Part.Group(pairs);
  }

  private static String name(String text, TextPlace place) {
    int end = place.at();
    while (end < text.length() && " =]\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end == place.at()) {
      throw place.wrong("a name is missing");
    }
    return place.to(end);
  }

  private static String value(TextPlace place) {
    StringBuilder value = new StringBuilder();
    while (!place.take("\"")) {
      if (place.ended()) {
        throw place.wrong("a quote is not closed");
      }
      boolean escape =
          place.startsWith("\\\"") || place.startsWith("\\\\") || place.startsWith("\\]");
      place.goTo(place.at() + (escape ? 1 : 0));
      value.append(place.next());
    }
    return value.toString();
  }

  private void plain(
      String text,
      TextPlace place,
      boolean priority,
      Optional<Long> readAt,
      Map<String, Part> parts) {
    Optional<Part.Time> time = times.take(text, place, readAt).or(() -> fullTime(place));
    if (time.isEmpty() && !priority) {
      throw place.wrong("the record begins with neither a priority nor a time");
    }
    if (time.isPresent()) {
      parts.put(TIME, time.get());
      place.blanks();
      tagged(text, place, parts);
    }
    parts.put(DATA, new Part.Group(Map.of()));
    parts.put(MESSAGE, text(place.rest()));
  }

  /** A time of RFC 3339, which some programs write instead. */
  private static Optional<Part.Time> fullTime(TextPlace place) {
    int from = place.at();
    String word = place.word();
    if (Times.parseTimestamp(word) == Times.NONE) {
      place.goTo(from);
      return Optional.empty();
    }
    return Optional.of(time(word));
  }

  /** Host, program and process; a message of the same machine may lack the host. */
  private static void tagged(String text, TextPlace place, Map<String, Part> parts) {
    if (tag(text, place, parts)) {
      return;
    }
    int from = place.at();
    String host = place.word();
    if (place.ended()) {
      place.goTo(from);
      return;
    }
    parts.put(HOST, text(host));
    place.blanks();
    boolean unused = tag(text, place, parts);
  }

  private static boolean tag(String text, TextPlace place, Map<String, Part> parts) {
    Matcher tag = TAG.matcher(text).region(place.at(), text.length());
    boolean there =
        tag.lookingAt() && (tag.end() == text.length() || text.charAt(tag.end()) == ' ');
    if (there) {
      parts.put(APP, text(tag.group(1)));
      Optional.ofNullable(tag.group(2)).ifPresent(process -> parts.put(PROCESS, text(process)));
      place.goTo(tag.end());
      boolean unused = place.take(" ");
    }
    return there;
  }
}
