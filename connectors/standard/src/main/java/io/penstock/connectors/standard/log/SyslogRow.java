package io.penstock.connectors.standard.log;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Times;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.ByteBuilder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes messages, from rows that have the fields that messages are read into. */
final class SyslogRow implements RowText {
  private static final long YEAR_ZERO = Times.days(0, 1, 1) * Times.MICROS_PER_DAY;
  private static final long YEAR_10000 = Times.days(10_000, 1, 1) * Times.MICROS_PER_DAY;
  private static final int MOST_NAME = 32;

  private final RowParts parts;
  private final SyslogConfig.Standard standard;
  private final ZoneId zone;

  SyslogRow(Schema schema, SyslogConfig.Standard standard, ZoneId zone) {
    this.parts = new RowParts(schema);
    this.standard = standard;
    this.zone = zone;
    for (Field field : schema.fields()) {
      DataType type = field.type().type();
      boolean known = SyslogText.FIELDS.indexOf(field.name()) >= 0;
      if (!known) {
        throw unfit(
            "a message of syslog has no field `"
                + field.name()
                + "`, but "
                + String.join(", ", SyslogText.FIELDS.names()));
      }
      boolean time = field.name().equals(SyslogText.TIME);
      if (time && !type.equals(DataType.TIMESTAMP) && !type.equals(DataType.JSON)) {
        throw unfit("`time` must be a timestamp, not " + type);
      }
    }
  }

  private static PipelineException unfit(String message) {
    return new PipelineException(
        Problem.of(
            ProblemCode.R306,
            Origin.file("syslog"),
            message,
            "put a `select` of these fields above the sink; `data: { \"my@32473\": { key: value } }` holds others"));
  }

  @Override
  public void append(Batch rows, int row, ByteBuilder to) {
    Map<String, Part> fields = parts.of(rows, row).parts();
    for (String name : fields.keySet()) {
      if (SyslogText.FIELDS.indexOf(name) < 0) {
        throw cannot("a message of syslog has no field `" + name + "`");
      }
    }
    Priority priority =
        Priority.of(
            word(fields, SyslogText.FACILITY).orElse(Priority.FACILITY),
            word(fields, SyslogText.SEVERITY).orElse(Priority.SEVERITY));
    to.append('<');
    to.appendNumber(priority.number());
    to.append('>');
    switch (standard) {
      case RFC5424 -> structured(fields, to);
      case RFC3164 -> plain(fields, to);
    }
  }

  private static BadRecord cannot(String why) {
    return new BadRecord(ProblemCode.D301, why);
  }

  private static Optional<String> word(Map<String, Part> fields, String name) {
    Optional<Part> part = Optional.ofNullable(fields.get(name));
    if (part.isPresent() && !(part.get() instanceof Part.Text)) {
      throw cannot("`" + name + "` must be a text");
    }
    return part.map(Part::shown);
  }

  private static Optional<Long> time(Map<String, Part> fields) {
    Optional<Part> part = Optional.ofNullable(fields.get(SyslogText.TIME));
    if (part.isEmpty()) {
      return Optional.empty();
    }
    long micros =
        part.get() instanceof Part.Time time
            ? time.reading().micros()
            : Times.parseTimestamp(part.get().shown());
    if (micros == Times.NONE || micros < YEAR_ZERO || micros >= YEAR_10000) {
      throw cannot(
          "`time` must be a time of the years 0 to 9999, not `" + part.get().shown() + "`");
    }
    return Optional.of(micros);
  }

  private static void structured(Map<String, Part> fields, ByteBuilder to) {
    to.append("1 ");
    to.append(time(fields).map(Times::timestamp).orElse("-"));
    header(fields, SyslogText.HOST, 255, to);
    header(fields, SyslogText.APP, 48, to);
    header(fields, SyslogText.PROCESS, 128, to);
    header(fields, SyslogText.MESSAGE_ID, 32, to);
    to.append(' ');
    data(fields, to);
    String message = word(fields, SyslogText.MESSAGE).orElse("");
    if (!message.isEmpty()) {
      to.append(' ');
      // The standard asks for the mark where a text is UTF-8 and not ASCII.
      boolean ascii = message.chars().allMatch(c -> c < 0x80);
      to.append(ascii ? message : SyslogText.MARK + message);
    }
  }

  private static void header(Map<String, Part> fields, String name, int most, ByteBuilder to) {
    to.append(' ');
    Optional<String> value = word(fields, name);
    if (value.isEmpty()) {
      to.append('-');
      return;
    }
    String text = value.get();
    boolean printable = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!printable || text.isEmpty() || text.length() > most || text.equals("-")) {
      throw cannot(
          "`"
              + name
              + "` must have 1 to "
              + most
              + " characters of ASCII without blanks, and not be `-`: `"
              + shown(text)
              + "`");
    }
    to.append(text);
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }

  private static void data(Map<String, Part> fields, ByteBuilder to) {
    Part part = fields.getOrDefault(SyslogText.DATA, new Part.Group(Map.of()));
    if (!(part instanceof Part.Group elements)) {
      throw cannot("`data` must be a map of maps");
    }
    if (elements.parts().isEmpty()) {
      to.append('-');
      return;
    }
    elements
        .parts()
        .forEach(
            (id, element) -> {
              if (!(element instanceof Part.Group pairs)) {
                throw cannot("`data." + id + "` must be a map");
              }
              to.append('[');
              to.append(name(id));
              pairs.parts().forEach((name, value) -> values(name, value, to));
              to.append(']');
            });
  }

  private static void values(String name, Part value, ByteBuilder to) {
    List<Part> all = value instanceof Part.Many many ? many.parts() : List.of(value);
    for (Part one : all) {
      if (!(one instanceof Part.Text || one instanceof Part.Time)) {
        throw cannot("`" + shown(name) + "` in `data` must be a value without parts");
      }
      to.append(' ');
      to.append(name(name));
      to.append("=\"");
      to.append(one.shown().replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]"));
      to.append('"');
    }
  }

  private static String name(String name) {
    boolean good =
        name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '=' && c != ']' && c != '"');
    if (!good || name.isEmpty() || name.length() > MOST_NAME) {
      throw cannot(
          "a name in `data` has 1 to 32 characters of ASCII, no blank, `=`, `]` or quote, unlike `"
              + shown(name)
              + "`");
    }
    return name;
  }

  private void plain(Map<String, Part> fields, ByteBuilder to) {
    Part data = fields.getOrDefault(SyslogText.DATA, new Part.Group(Map.of()));
    boolean more = !(data instanceof Part.Group group) || !group.parts().isEmpty();
    if (more || fields.containsKey(SyslogText.MESSAGE_ID)) {
      throw cannot("RFC 3164 has no place for `data` and `message_id`; write `standard: rfc5424`");
    }
    long micros = time(fields).orElseThrow(() -> cannot("RFC 3164 wants a `time`, and it is null"));
    ZonedDateTime local =
        Instant.ofEpochSecond(Math.floorDiv(micros, Times.MICROS_PER_SECOND)).atZone(zone);
    to.append(LogTime.MONTHS.get(local.getMonthValue() - 1));
    to.append(local.getDayOfMonth() < 10 ? "  " : " ");
    to.appendNumber(local.getDayOfMonth());
    twoDigits(' ', local.getHour(), to);
    twoDigits(':', local.getMinute(), to);
    twoDigits(':', local.getSecond(), to);
    to.append(' ');
    to.append(part(fields, SyslogText.HOST, 255));
    to.append(' ');
    to.append(part(fields, SyslogText.APP, 64));
    if (fields.containsKey(SyslogText.PROCESS)) {
      to.append('[');
      to.append(part(fields, SyslogText.PROCESS, 128));
      to.append(']');
    }
    to.append(": ");
    to.append(word(fields, SyslogText.MESSAGE).orElse(""));
  }

  private static void twoDigits(char before, int number, ByteBuilder to) {
    to.append(before);
    to.append('0' + number / 10);
    to.append('0' + number % 10);
  }

  private static String part(Map<String, Part> fields, String name, int most) {
    String text = word(fields, name).orElse("");
    boolean good =
        text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '[' && c != ']' && c != ':');
    boolean host = name.equals(SyslogText.HOST);
    boolean address =
        host && text.chars().allMatch(c -> c > ' ' && c < 0x7f) && !text.endsWith(":");
    if (text.isEmpty() || text.length() > most || !good && !address) {
      throw cannot(
          "RFC 3164 wants a `"
              + name
              + "` of 1 to "
              + most
              + " characters of ASCII without blanks, brackets and colons, not `"
              + shown(text)
              + "`");
    }
    return text;
  }
}
