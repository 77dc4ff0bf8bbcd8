package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.function.Function.Nulls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that apply a lambda to the elements of a list. */
public final class Lambdas {
  private Lambdas() {}

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], f: T -> U) -> [U]",
      summary = "What the function gives for each element.",
      examples = "map([1, 2], x -> x * 10) == [10, 20]")
  public static List<?> map(List<?> list, Lambda f) {
    List<@Nullable Object> result = new ArrayList<>(list.size());
    for (Object element : list) {
      result.add(f.apply(element));
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], condition: T -> boolean) -> [T]",
      summary = "The elements for which the condition is true.",
      examples = "filter([1, 2, 3], x -> x > 1) == [2, 3]")
  public static List<?> filter(List<?> list, Lambda condition) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object element : list) {
      if (condition.test(element)) {
        result.add(element);
      }
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], condition: T -> boolean) -> boolean",
      summary = "Whether the condition is true for some element; it is not for an empty list.",
      examples = {"any([1, 2], x -> x > 1)", "not any([1, 2], x -> x > 2)"})
  public static boolean any(List<?> list, Lambda condition) {
    for (Object element : list) {
      if (condition.test(element)) {
        return true;
      }
    }
    return false;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], condition: T -> boolean) -> boolean",
      summary = "Whether the condition is true for every element; it is for an empty list.",
      examples = {"all([1, 2], x -> x > 0)", "not all([1, 2], x -> x > 1)"})
  public static boolean all(List<?> list, Lambda condition) {
    for (Object element : list) {
      if (!condition.test(element)) {
        return false;
      }
    }
    return true;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], start: U?, f: (U, T) -> U) -> U?",
      summary = "Folds the list into one value: f(f(start, first), second) and so on.",
      examples = "reduce([1, 2, 3], 0, (sum, x) -> sum + x) == 6",
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object reduce(List<?> list, @Nullable Object start, Lambda f) {
    Object value = start;
    for (Object element : list) {
      value = f.apply(value, element);
    }
    return value;
  }
}
