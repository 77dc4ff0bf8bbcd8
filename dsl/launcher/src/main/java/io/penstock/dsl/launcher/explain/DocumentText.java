package io.penstock.dsl.launcher.explain;

import java.util.Collection;
import java.util.Map;

/** A document of maps, lists and texts, indented as YAML is. */
public final class DocumentText {
  private DocumentText() {}

  public static String of(Map<String, ?> document) {
    StringBuilder text = new StringBuilder();
    map(document, "", text);
    return text.toString();
  }

  private static void map(Map<?, ?> map, String margin, StringBuilder text) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(margin).append(entry.getKey()).append(':');
      value(entry.getValue(), margin + "  ", text);
    }
  }

  private static void value(Object value, String margin, StringBuilder text) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      text.append('\n');
      map(map, margin, text);
    } else if (value instanceof Collection<?> list && !list.isEmpty()) {
      text.append('\n');
      for (Object element : list) {
        text.append(margin).append('-');
        value(element, margin + "  ", text);
      }
    } else if (value instanceof Map<?, ?>) {
      text.append(" {}\n");
    } else if (value instanceof Collection<?>) {
      text.append(" []\n");
    } else {
      text.append(' ').append(value.toString().strip().replace("\n", "\n" + margin)).append('\n');
    }
  }
}
