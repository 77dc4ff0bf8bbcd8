package io.penstock.dsl.language.transform;

import io.penstock.api.data.Schema;
import io.penstock.core.expression.Parameter;
import io.penstock.core.expression.UserFunction;
import io.penstock.dsl.language.schema.TypeReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline file gives to all of its transforms.
 *
 * @param tables by name; empty where the table is wrong, which is reported
 * @param chains by name
 * @param patterns for grok, by name
 * @param javaAllowed whether the user trusts the file's Java code
 */
public record Surroundings(
    Map<String, Parameter> parameters,
    Map<String, UserFunction> functions,
    Map<String, Optional<KnownTable>> tables,
    Map<String, SharedChain> chains,
    Map<String, String> patterns,
    TypeReader types,
    boolean javaAllowed) {
  public Surroundings {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
  }

  /**
   * A table.
   *
   * @param key the fields that identify a row
   * @param refreshed whether it is read again while a run goes on
   */
  public record KnownTable(Schema schema, List<String> key, boolean refreshed) {
    public KnownTable {
      key = List.copyOf(key);
    }
  }
}
