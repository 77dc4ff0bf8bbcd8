package io.penstock.core.operator;

import io.penstock.core.logical.Operation;
import java.util.IdentityHashMap;
import java.util.Map;

/** What lookups find in: tables in memory, and outside systems that are open. Immutable. */
public final class Lookups {
  /** For plans without any. */
  public static final Lookups NONE = new Lookups(Map.of(), Map.of());

  private final Map<String, LookupTable> tables;
  // Two steps that ask the same way are still two.
  private final Map<Operation.OutsideLookup, Outside> outsides = new IdentityHashMap<>();

  /**
   * What is found in.
   *
   * @param tables by name
   * @param outsides by the operation that asks, itself and not one that equals it
   */
  public Lookups(Map<String, LookupTable> tables, Map<Operation.OutsideLookup, Outside> outsides) {
    this.tables = Map.copyOf(tables);
    this.outsides.putAll(outsides);
  }

  LookupTable table(String name) {
    LookupTable table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException("no table " + name);
    }
    return table;
  }

  Outside outside(Operation.OutsideLookup lookup) {
    Outside outside = outsides.get(lookup);
    if (outside == null) {
      throw new IllegalStateException("not open: " + lookup.outside());
    }
    return outside;
  }
}
