package io.penstock.dsl.launcher.trace;

import io.penstock.core.logical.Operation;

/** Why nothing came of a row, in words. */
final class Leaving {
  private Leaving() {}

  static String of(Operation operation) {
    if (operation instanceof Operation.Filter filter) {
      return "left here: `" + filter.where() + "` is not true";
    }
    if (operation instanceof Operation.Lookup lookup) {
      return "left here: the table `" + lookup.table() + "` has no such row";
    }
    if (operation instanceof Operation.OutsideLookup) {
      return "left here: there is nothing of it where it is looked up";
    }
    if (operation instanceof Operation.Limit limit) {
      return "left here: there were " + limit.rows() + " rows before it";
    }
    if (operation instanceof Operation.Distinct) {
      return "left here: there was one like it before";
    }
    if (operation instanceof Operation.Explode explode) {
      return "left here: `" + explode.list() + "` has no element";
    }
    if (operation instanceof Operation.Top top) {
      return "left here: it is none of the first " + top.n();
    }
    if (operation instanceof Operation.Aggregate) {
      return "left here: it changes no row that comes out";
    }
    return "left here: the step gives no row for it";
  }
}
