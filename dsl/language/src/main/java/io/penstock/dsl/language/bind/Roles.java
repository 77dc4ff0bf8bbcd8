package io.penstock.dsl.language.bind;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.SchemaConfig;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.dsl.language.emission.EmitConfig;
import io.penstock.dsl.language.schedule.ScheduleConfig;
import io.penstock.dsl.language.window.WindowConfig;
import java.util.List;
import java.util.Locale;

/** The roles of components in the author's words. */
final class Roles {
  private Roles() {}

  /** What a component is. */
  static String nounOf(Class<? extends Record> type) {
    for (Class<?> role :
        List.of(
            SourceConfig.class,
            SinkConfig.class,
            FormatConfig.class,
            SchemaConfig.class,
            LookupConfig.class,
            ScheduleConfig.class,
            WindowConfig.class,
            EmitConfig.class)) {
      if (role.isAssignableFrom(type)) {
        return noun(role);
      }
    }
    return "transform";
  }

  static String noun(Class<?> role) {
    if (role == SourceConfig.class) {
      return "source";
    }
    if (role == SinkConfig.class) {
      return "sink";
    }
    if (role == FormatConfig.class) {
      return "format";
    }
    return role.getSimpleName().replace("Config", "").toLowerCase(Locale.ROOT);
  }
}
