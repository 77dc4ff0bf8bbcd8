package io.penstock.connectors.http;

import io.penstock.api.data.FieldPath;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is in an answer that is JSON.
 *
 * @param whole the answer; a list where it is lines
 * @param records the records in it
 */
record Contents(Json whole, List<Json> records) {
  /** An answer in which things are not where they should be. */
  static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    UnfitException(String why) {
      super(why);
      this.why = why;
    }

    /** What is not where it should be. */
    String why() {
      return why;
    }
  }

  /** Whether what is in a format can be looked into. */
  static boolean isJson(FormatConfig format) {
    Component declared = format.getClass().getAnnotation(Component.class);
    return declared != null && declared.name().equals("json");
  }

  /** Looks into an answer. */
  static Contents of(byte[] body, Optional<FieldPath> path) throws UnfitException {
    if (body.length == 0) {
      return new Contents(Json.list(List.of()), List.of());
    }
    Json whole = parse(body);
    if (path.isEmpty()) {
      return new Contents(
          whole, whole.kind() == Json.Kind.LIST ? whole.elements() : List.of(whole));
    }
    Optional<Json> list = Optional.of(whole);
    for (String name : path.get().names()) {
      list = list.flatMap(value -> value.member(name));
    }
    if (list.isEmpty()) {
      throw new UnfitException("`" + path.get() + "` is not in the answer");
    }
    // Servers write null for a list that is empty.
    if (!list.get().isNull() && list.get().kind() != Json.Kind.LIST) {
      throw new UnfitException("`" + path.get() + "` is no list in the answer");
    }
    return new Contents(whole, list.get().elements());
  }

  private static Json parse(byte[] body) throws UnfitException {
    try {
      return Json.parse(body, 0, body.length);
    } catch (JsonProblem several) {
      return lines(body);
    }
  }

  private static Json lines(byte[] body) throws UnfitException {
    List<Json> values = new ArrayList<>();
    for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
      if (!line.isBlank()) {
        try {
          values.add(Json.parse(line));
        } catch (JsonProblem wrong) {
          throw new UnfitException("the answer is no JSON: " + wrong.getMessage());
        }
      }
    }
    return Json.list(values);
  }

  /** The greatest of what was seen and the records' values at a path. */
  Optional<Json> greatest(FieldPath path, Optional<Json> seen) throws UnfitException {
    Optional<Json> greatest = seen;
    for (Json record : records) {
      Optional<Json> value = ItemErrors.find(record, path);
      if (value.isEmpty()) {
        throw new UnfitException(
            "a record has no `" + path + "`, by which what is new is asked for");
      }
      Json kind = value.get();
      if (kind.kind() != Json.Kind.NUMBER && kind.kind() != Json.Kind.TEXT) {
        throw new UnfitException("`" + path + "` is neither a number nor a text in a record");
      }
      if (greatest.isEmpty() || isGreater(kind, greatest.get(), path)) {
        greatest = value;
      }
    }
    return greatest;
  }

  private static boolean isGreater(Json one, Json other, FieldPath path) throws UnfitException {
    if (one.kind() != other.kind()) {
      throw new UnfitException("`" + path + "` is a number in one record and a text in another");
    }
    if (one.kind() == Json.Kind.TEXT) {
      return one.asText().orElse("").compareTo(other.asText().orElse("")) > 0;
    }
    BigDecimal mine = one.asDecimal().orElse(BigDecimal.ZERO);
    return mine.compareTo(other.asDecimal().orElse(BigDecimal.ZERO)) > 0;
  }

  /** A value as it stands in a URL, before it is encoded. */
  static String text(Json value) {
    return value.asText().orElseGet(value::toText);
  }
}
