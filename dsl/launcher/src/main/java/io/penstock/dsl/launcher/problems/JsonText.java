package io.penstock.dsl.launcher.problems;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents made of maps, lists, texts, numbers and booleans, as JSON. */
public final class JsonText {
  private JsonText() {}

  /** On several lines, for files and people. */
  public static String pretty(Map<String, ?> document) {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(document)
        .replace("\r\n", "\n");
  }

  /** On one line, for logs; written without a library, since a run may log at any time. */
  public static String line(Map<String, ?> document) {
    StringWriter text = new StringWriter();
    value(document, text);
    return text.toString();
  }

  private static void value(Object value, StringWriter to) {
    if (value instanceof Map<?, ?> map) {
      String before = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        to.write(before);
        quoted(String.valueOf(entry.getKey()), to);
        to.write(':');
        value(entry.getValue(), to);
        before = ",";
      }
      to.write(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Collection<?> list) {
      String before = "[";
      for (Object element : list) {
        to.write(before);
        value(element, to);
        before = ",";
      }
      to.write(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Number || value instanceof Boolean) {
      to.write(value.toString());
    } else {
      quoted(value.toString(), to);
    }
  }

  private static void quoted(String text, StringWriter to) {
    to.write('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        to.write('\\');
        to.write(c);
      } else if (c == '\n') {
        to.write("\\n");
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        to.write(String.format("\\u%04x", (int) c));
      } else {
        to.write(c);
      }
    }
    to.write('"');
  }
}
