package io.penstock.dsl.launcher.trial;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fields of NexMark events and of the rows that are expected. */
final class NexmarkFields {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  static final long SECOND = 1000;
  static final long WINDOW = 10 * SECOND;
  private static final BigDecimal RATE = new BigDecimal("0.908");

  static JsonNode row(Object... namesAndValues) {
    Map<String, Object> row = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return MAPPER.valueToTree(row);
  }

  static JsonNode with(JsonNode row, Object... namesAndValues) {
    Map<String, Object> all = new TreeMap<>();
    row.properties().forEach(m -> all.put(m.getKey(), m.getValue()));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return MAPPER.valueToTree(all);
  }

  static JsonNode only(JsonNode row, String names) {
    Map<String, Object> some = new TreeMap<>();
    for (String name : names.split(" ")) {
      some.put(name, row.path(name));
    }
    return MAPPER.valueToTree(some);
  }

  static long number(JsonNode row, String field) {
    return row.path(field).longValue();
  }

  static String text(JsonNode row, String field) {
    return row.path(field).stringValue();
  }

  static long time(JsonNode row, String field) {
    return Instant.parse(text(row, field)).toEpochMilli();
  }

  static long time(JsonNode row) {
    return time(row, "date_time");
  }

  static String shown(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  static long window(long time) {
    return Math.floorDiv(time, WINDOW) * WINDOW;
  }

  static BigDecimal converted(JsonNode bid) {
    return RATE.multiply(BigDecimal.valueOf(number(bid, "price")));
  }

  static String day(JsonNode bid) {
    return text(bid, "date_time").substring(0, 10);
  }

  private NexmarkFields() {}
}
