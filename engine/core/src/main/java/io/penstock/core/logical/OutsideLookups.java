package io.penstock.core.logical;

import io.penstock.core.logical.RowOperations.OutsideLookup;
import io.penstock.core.logical.RowOperations.RowOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The lookups that ask an outside system, also those inside chains and branches. */
public final class OutsideLookups {
  private OutsideLookups() {}

  /** Those of an operation, in order. */
  public static List<OutsideLookup> in(Operation operation) {
    List<OutsideLookup> found = new ArrayList<>();
    Operation unused =
        replaced(
            operation,
            lookup -> {
              found.add(lookup);
              return lookup;
            });
    return found;
  }

  /** The operation with others in their place. */
  public static Operation replaced(Operation operation, UnaryOperator<OutsideLookup> with) {
    return operation instanceof RowOperation row ? row(row, with) : operation;
  }

  private static RowOperation row(RowOperation operation, UnaryOperator<OutsideLookup> with) {
    if (operation instanceof OutsideLookup lookup) {
      return with.apply(lookup);
    }
    if (operation instanceof Operation.Chain chain) {
      return new Operation.Chain(links(chain.links(), with));
    }
    if (operation instanceof Operation.Choose choose) {
      return new Operation.Choose(
          choose.branches().stream()
              .map(
                  branch ->
                      new Operation.Choose.Branch(
                          branch.when(), links(branch.links(), with), branch.toResult()))
              .toList());
    }
    return operation;
  }

  private static List<Operation.Link> links(
      List<Operation.Link> links, UnaryOperator<OutsideLookup> with) {
    return links.stream()
        .map(link -> new Operation.Link(row(link.operation(), with), link.schema(), link.origin()))
        .toList();
  }
}
