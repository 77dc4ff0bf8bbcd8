package io.penstock.dsl.language.option;

import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;

/** Which components may take options from an entry of {@code connections:}. */
public final class Connectable {
  /** The key that names the connection. */
  public static final String OPTION = "connection";

  private Connectable() {}

  /**
   * Sources, sinks and what lookups ask, but those that have an option of this name of their own.
   */
  public static boolean is(ComponentDeclaration declared) {
    Class<? extends Record> type = declared.record().type();
    boolean outside =
        SourceConfig.class.isAssignableFrom(type)
            || SinkConfig.class.isAssignableFrom(type)
            || LookupConfig.class.isAssignableFrom(type);
    return outside && declared.record().option(OPTION).isEmpty();
  }
}
