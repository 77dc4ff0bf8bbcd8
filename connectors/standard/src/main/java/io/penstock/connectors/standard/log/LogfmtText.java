package io.penstock.connectors.standard.log;

import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads pairs: {@code level=info msg="all done" cached}. A key alone is {@code true}. In quotes
 * {@code \" \\ \n \r \t} and {@code \}{@code u} with four digits are escapes; another backslash
 * stands for what follows it.
 *
 * @param repeated what becomes of a key that stands there again
 */
record LogfmtText(LogfmtConfig.Repeated repeated) implements LogText {
  @Override
  public Optional<Schema> fields() {
    return Optional.empty();
  }

  @Override
  public boolean isJsonInTexts() {
    return true;
  }

  @Override
  public Part.Group read(String text, Optional<Long> readAt) {
    Map<String, Part> pairs = new LinkedHashMap<>();
    TextPlace place = new TextPlace(text);
    while (true) {
      while (!place.ended() && place.here() <= ' ') {
        place.goTo(place.at() + 1);
      }
      if (place.ended()) {
        return new Part.Group(pairs);
      }
      int begin = place.at();
      String key = part(place, true);
      Part value = place.take("=") ? value(place) : new Part.Text("true", false);
      boolean again = pairs.containsKey(key);
      if (again && repeated == LogfmtConfig.Repeated.FAIL) {
        place.goTo(begin);
        throw new BadRecord(
            ProblemCode.D109, place.wrong("`" + key + "` stands there twice").text());
      }
      if (!again || repeated == LogfmtConfig.Repeated.LAST) {
        pairs.put(key, value);
      }
    }
  }

  private static Part value(TextPlace place) {
    if (!place.take("\"")) {
      return new Part.Text(part(place, false), true);
    }
    StringBuilder value = new StringBuilder();
    while (!place.take("\"")) {
      if (place.ended()) {
        throw place.wrong("a quote is not closed");
      }
      value.append(place.take("\\") ? escaped(place) : place.next());
    }
    if (!place.ended() && place.here() > ' ') {
      throw place.wrong("a blank is missing behind a quote");
    }
    String text = value.toString();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw place.wrong("half of a surrogate pair is escaped");
    }
    return new Part.Text(text, false);
  }

  private static char escaped(TextPlace place) {
    char letter = place.next();
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(place.here(), 16);
          if (digit < 0 || place.here() > 'f') {
            throw place.wrong("a hexadecimal digit is missing");
          }
          code = code << 4 | digit;
          place.goTo(place.at() + 1);
        }
        yield (char) code;
      }
      default -> letter;
    };
  }

  /** What stands before a blank, and in a key before an equals sign; without quotes. */
  private static String part(TextPlace place, boolean key) {
    int from = place.at();
    int end = from;
    while (!place.ended() && place.here() > ' ' && !(key && place.here() == '=')) {
      if (place.here() == '"') {
        throw place.wrong(key ? "a quote stands in a key" : "a quote stands in a value");
      }
      end = place.at() + 1;
      place.goTo(end);
    }
    if (key && end == from) {
      throw place.wrong("a key is missing");
    }
    place.goTo(from);
    return place.to(end);
  }
}
