package io.penstock.core.expression.check;

import io.penstock.api.data.ValueType;
import io.penstock.core.expression.closure.Constants;
import io.penstock.core.expression.typed.Typed;
import java.util.List;
import java.util.Optional;

/**
 * Computes what is the same for every row once, at checking. What fails is left to fail for the
 * rows; secrets stay where they are, so that messages can mask them.
 */
final class Folding {
  private Folding() {}

  static Typed fold(Typed tree) {
    List<Typed> parts = tree.parts();
    if (parts.isEmpty() || !foldable(tree)) {
      return tree;
    }
    boolean literal = true;
    for (Typed part : parts) {
      if (!(part instanceof Typed.Constant constant) || constant.secret()) {
        return tree;
      }
      literal &= constant.literal();
    }
    Optional<Optional<Object>> value = Constants.value(tree);
    if (value.isEmpty()) {
      return tree;
    }
    ValueType type = value.get().isPresent() ? tree.type().asRequired() : tree.type().asOptional();
    return new Typed.Constant(type, value.get(), literal, false, tree.at());
  }

  private static boolean foldable(Typed tree) {
    if (tree instanceof Typed.Invoke invoke) {
      return invoke.function().about().deterministic();
    }
    return !(tree instanceof Typed.Broken)
        && !(tree instanceof Typed.LambdaMaking)
        && !(tree instanceof Typed.RecordMaking);
  }
}
