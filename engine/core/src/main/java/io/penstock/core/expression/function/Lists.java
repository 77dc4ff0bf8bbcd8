package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of lists. */
public final class Lists {
  private Lists() {}

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], number: int) -> T?",
      summary =
          "An element, counted from 1, from the end where negative; null where there is none.",
      examples = {
        "element_at(['a', 'b'], 1) == 'a'",
        "element_at(['a', 'b'], -1) == 'b'",
        "element_at(['a', 'b'], 3) === null"
      },
      fails = "the number is 0")
  public static @Nullable Object elementAt(List<?> list, long number) {
    if (number == 0) {
      throw Failure.domain("Elements are counted from 1, so there is no element `0`");
    }
    long index = number > 0 ? number - 1 : list.size() + number;
    return index >= 0 && index < list.size() ? list.get((int) index) : null;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> T?",
      summary = "The first element; null where there is none.",
      examples = "first([3, 1, 2]) == 3")
  public static @Nullable Object first(List<?> list) {
    return list.isEmpty() ? null : list.get(0);
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> T?",
      summary = "The last element; null where there is none.",
      examples = "last([3, 1, 2]) == 2")
  public static @Nullable Object last(List<?> list) {
    return list.isEmpty() ? null : list.get(list.size() - 1);
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], value: T) -> [T]",
      summary = "The list with one more element at its end.",
      examples = "append([1, 2], 3) == [1, 2, 3]",
      fails = "the list would be too long")
  public static List<?> append(List<?> list, Object value) {
    List<@Nullable Object> result = new ArrayList<>(list.size() + 1);
    result.addAll(list);
    result.add(value);
    return limited(result);
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], more: [T]...) -> [T]",
      summary = "The elements of all lists, one list after the other.",
      examples = "list_concat([1], [2, 3]) == [1, 2, 3]",
      fails = "the list would be too long")
  public static List<?> listConcat(List<?> list, List<?> more) {
    List<@Nullable Object> result = new ArrayList<>(list);
    for (Object next : more) {
      result.addAll((List<?>) next);
      limited(result);
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], value: T) -> boolean",
      summary = "Whether an element of the list is equal to the value.",
      examples = {"list_contains([1, 2], 2)", "not list_contains(['a'], 'b')"})
  public static boolean listContains(Call call, List<?> list, Object value) {
    DataType type = call.argument(1).type();
    for (Object element : list) {
      if (element != null && Values.equal(type, element, value)) {
        return true;
      }
    }
    return false;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> [T]",
      summary = "The different elements, each where it first stands.",
      examples = "distinct([2, 1, 2]) == [2, 1]")
  public static List<?> distinct(Call call, List<?> list) {
    DataType type = element(call);
    List<@Nullable Object> result = new ArrayList<>();
    java.util.Set<Keyed> seen = new java.util.HashSet<>();
    for (Object value : list) {
      if (seen.add(new Keyed(type, value))) {
        result.add(value);
      }
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> [T]",
      summary = "The elements in ascending order, nulls last.",
      examples = {"sort([3, 1, 2]) == [1, 2, 3]", "sort(['b', 'A', 'a']) == ['A', 'a', 'b']"})
  public static List<?> sort(Call call, List<?> list) {
    DataType type = element(call);
    List<@Nullable Object> result = new ArrayList<>(list);
    result.sort((a, b) -> nullsLast(type, a, b));
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], by: T -> U) -> [T]",
      summary = "The elements in the order of what a function gives for them, nulls last.",
      examples = "sort_by(['bb', 'a'], x -> length(x)) == ['a', 'bb']")
  public static List<?> sortBy(Call call, List<?> list, Lambda by) {
    DataType type = call.argument(1).type();
    List<@Nullable Object[]> keyed = new ArrayList<>(list.size());
    for (Object element : list) {
      keyed.add(new @Nullable Object[] {by.apply(element), element});
    }
    keyed.sort((a, b) -> nullsLast(type, a[0], b[0]));
    List<@Nullable Object> result = new ArrayList<>(list.size());
    for (@Nullable Object[] pair : keyed) {
      result.add(pair[1]);
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T]) -> [T]",
      summary = "The elements backwards.",
      examples = "reverse_list([1, 2]) == [2, 1]")
  public static List<?> reverseList(List<?> list) {
    List<@Nullable Object> result = new ArrayList<>(list);
    Collections.reverse(result);
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [[T]]) -> [T]",
      summary = "The elements of the lists in a list, one level deep.",
      examples = "flatten([[1], [2, 3]]) == [1, 2, 3]",
      fails = "the list would be too long")
  public static List<?> flatten(List<?> list) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object inner : list) {
      if (inner != null) {
        result.addAll((List<?>) inner);
        limited(result);
      }
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [json?]) -> [json?]",
      summary =
          "The elements of the json lists in a list, other values as they are; one level deep.",
      examples = "size(flatten([parse_json('[1, 2]'), parse_json('3')])) == 3",
      fails = "the list would be too long")
  public static List<?> flatten(Call call, List<?> list) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object inner : list) {
      if (inner instanceof Json json && json.kind() == Json.Kind.LIST) {
        json.elements().forEach(e -> result.add(e.isNull() ? null : e));
      } else {
        result.add(inner);
      }
      limited(result);
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(from: int, to: int) -> [int]",
      summary = "The whole numbers from one up to another, that one left out.",
      examples = {"range(1, 4) == [1, 2, 3]", "size(range(3, 1)) == 0"},
      fails = "the list would be too long")
  public static List<?> range(long from, long to) {
    return range(from, to, 1);
  }

  @Function(
      family = Family.LISTS,
      signature = "(from: int, to: int, step: int) -> [int]",
      summary = "The numbers from one towards another in steps, that one left out.",
      examples = {"range(0, 10, 4) == [0, 4, 8]", "range(3, 0, -1) == [3, 2, 1]"},
      fails = "the list would be too long, or the step is 0")
  public static List<?> range(long from, long to, long step) {
    if (step == 0) {
      throw Failure.domain("the step of a range must not be `0`");
    }
    List<Object> result = new ArrayList<>();
    long value = from;
    while (step > 0 ? value < to : value > to) {
      result.add(value);
      limited(result);
      long next = value + step;
      if (step > 0 ? next < value : next > value) {
        break;
      }
      value = next;
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(left: [T], right: [U]) -> [{ left: T?, right: U? }]",
      summary = "Pairs of the elements at equal places; the shorter list is filled up with nulls.",
      examples = "zip([1, 2], ['a', 'b'])[1].right == 'b'")
  public static List<?> zip(List<?> left, List<?> right) {
    List<@Nullable Object> result = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      result.add(
          new @Nullable Object[] {
            i < left.size() ? left.get(i) : null, i < right.size() ? right.get(i) : null
          });
    }
    return result;
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], from: int) -> [T]",
      summary = "The elements from a place on, counted from 0, from the end where negative.",
      examples = {"slice([1, 2, 3], 1) == [2, 3]", "slice([1, 2, 3], -1) == [3]"})
  public static List<?> slice(List<?> list, long from) {
    return slice(list, from, Long.MAX_VALUE);
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], from: int, to: int) -> [T]",
      summary =
          "The elements from a place up to another, that one left out; counted from 0, from the end where negative.",
      examples = {"slice([1, 2, 3], 0, 2) == [1, 2]", "slice([1, 2, 3], 0, -1) == [1, 2]"})
  public static List<?> slice(List<?> list, long from, long to) {
    int start = (int) Positions.resolve(from, list.size());
    int end = (int) Positions.resolve(to, list.size());
    return start < end ? new ArrayList<>(list.subList(start, end)) : List.of();
  }

  @Function(
      family = Family.LISTS,
      signature = "(list: [T], separator: string) -> string",
      summary = "The elements as one text with a separator between them; nulls are left out.",
      examples = {"join(['a', 'b'], ', ') == 'a, b'", "join([1, 2], '') == '12'"},
      fails = "the text would be too large")
  public static String join(Call call, List<?> list, String separator) {
    DataType type = element(call);
    StringBuilder result = new StringBuilder();
    boolean first = true;
    for (Object value : list) {
      if (value != null) {
        result.append(first ? "" : separator).append(Values.toText(type, value));
        first = false;
        if (result.length() > Failure.MAX_TEXT_BYTES) {
          throw Failure.longText();
        }
      }
    }
    return Failure.limited(result.toString());
  }

  /** A value as a key of a hash table. */
  private record Keyed(DataType type, @Nullable Object value) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Keyed that && Values.equal(type, value, that.value);
    }

    @Override
    public int hashCode() {
      return Values.hash(type, value);
    }
  }

  static DataType element(Call call) {
    return ((DataType.ListOf) call.argument(0).type()).element().type();
  }

  static int nullsLast(DataType type, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? 1 : -1;
    }
    return Values.compare(type, a, b);
  }

  static List<?> limited(List<?> list) {
    if (list.size() > Failure.MAX_ELEMENTS) {
      throw Failure.longList();
    }
    return list;
  }
}
