package io.penstock.connectors.standard.log;

import io.penstock.json.JsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a record of a log is made of, before it is known which types are wanted. */
sealed interface Part {
  /** Appends the part as a json value. */
  void appendTo(JsonBuilder json);

  /** The part as messages show it. */
  String shown();

  /**
   * A text.
   *
   * @param bare whether it stood there without quotes, so that an empty one may stand for null
   */
  record Text(String text, boolean bare) implements Part {
    @Override
    public void appendTo(JsonBuilder json) {
      json.addText(text);
    }

    @Override
    public String shown() {
      return text;
    }
  }

  /** A whole number by its digits. */
  record Number(String digits) implements Part {
    @Override
    public void appendTo(JsonBuilder json) {
      byte[] utf8 = digits.getBytes(StandardCharsets.US_ASCII);
      json.addNumber(utf8, 0, utf8.length);
    }

    @Override
    public String shown() {
      return digits;
    }
  }

  /**
   * A time.
   *
   * @param text as it stood there
   * @param reading what it says, worked out where somebody asks
   */
  record Time(String text, Reading reading) implements Part {
    /** Works out a time. */
    interface Reading {
      /** Micros since 1970; throws {@link BadRecord} where nobody can know. */
      long micros();
    }

    @Override
    public void appendTo(JsonBuilder json) {
      json.addText(io.penstock.api.data.Times.timestamp(reading.micros()));
    }

    @Override
    public String shown() {
      return text;
    }
  }

  /** Parts with names, in order. */
  record Group(Map<String, Part> parts) implements Part {
    public Group {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    @Override
    public void appendTo(JsonBuilder json) {
      int begun = json.beginObject();
      parts.forEach(
          (name, part) -> {
            json.name(name);
            part.appendTo(json);
          });
      json.end(begun);
    }

    @Override
    public String shown() {
      return parts.keySet().toString();
    }
  }

  /** Several parts of one name. */
  record Many(List<Part> parts) implements Part {
    public Many {
      parts = List.copyOf(parts);
    }

    @Override
    public void appendTo(JsonBuilder json) {
      int begun = json.beginList();
      parts.forEach(part -> part.appendTo(json));
      json.end(begun);
    }

    @Override
    public String shown() {
      return parts.get(0).shown();
    }
  }
}
