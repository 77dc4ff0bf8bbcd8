package io.penstock.core.operator;

import io.penstock.core.logical.Operation;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What lookups find in: tables in memory, and outside systems that are open. Immutable. */
public final class Lookups {
  /** For plans without any. */
  public static final Lookups NONE = new Lookups(Map.of(), Map.of());

  private final Map<String, TableVersions> tables;
  // Two steps that ask the same way are still two.
  private final Map<Operation.OutsideLookup, Outside> outsides;
  private final LongSupplier epoch;

  /**
   * What is found in, tables as they are at first.
   *
   * @param tables by name
   * @param outsides by the operation that asks, itself and not one that equals it
   */
  public Lookups(
      Map<String, TableVersions> tables, Map<Operation.OutsideLookup, Outside> outsides) {
    this(Map.copyOf(tables), new IdentityHashMap<>(outsides), () -> Long.MIN_VALUE);
  }

  private Lookups(
      Map<String, TableVersions> tables,
      Map<Operation.OutsideLookup, Outside> outsides,
      LongSupplier epoch) {
    this.tables = tables;
    this.outsides = outsides;
    this.epoch = epoch;
  }

  /** The same for one task, which sees tables as they are in the epoch that it is in. */
  public Lookups in(LongSupplier task) {
    return new Lookups(tables, outsides, task);
  }

  /** The table as it is now; asked for once a batch. */
  Supplier<LookupTable> table(String name) {
    TableVersions versions = tables.get(name);
    if (versions == null) {
      throw new IllegalStateException("no table " + name);
    }
    return () -> versions.at(epoch.getAsLong());
  }

  Outside outside(Operation.OutsideLookup lookup) {
    Outside outside = outsides.get(lookup);
    if (outside == null) {
      throw new IllegalStateException("not open: " + lookup.outside());
    }
    return outside;
  }
}
