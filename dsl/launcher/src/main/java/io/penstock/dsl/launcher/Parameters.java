package io.penstock.dsl.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of {@code --param}. */
final class Parameters {
  private Parameters() {}

  static Map<String, String> of(List<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String text : given) {
      int at = text.indexOf('=');
      if (at <= 0) {
        throw new UsageException("--param must be name=value, not `" + text + "`");
      }
      if (values.put(text.substring(0, at), text.substring(at + 1)) != null) {
        throw new UsageException("--param sets `" + text.substring(0, at) + "` twice");
      }
    }
    return values;
  }
}
