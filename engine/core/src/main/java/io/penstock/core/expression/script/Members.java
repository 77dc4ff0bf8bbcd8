package io.penstock.core.expression.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of records and the elements of lists; there are no others, of nothing. */
final class Members {
  private Members() {}

  /** Null of null, for a name that is not there, and outside a list; from the end below 0. */
  static Code get(Code holder, Code key, boolean safe, Place place) {
    return run -> {
      Object from = holder.run(run);
      Object name = key.run(run);
      try {
        run.budget.step();
        return get(from, name, safe);
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object get(@Nullable Object from, @Nullable Object key, boolean safe) {
    if (from == null || key == null) {
      return null;
    }
    if (from instanceof Map<?, ?> map && key instanceof String) {
      return map.get(key);
    }
    if (from instanceof List<?> list && key instanceof Long index) {
      long at = index < 0 ? index + list.size() : index;
      return at < 0 || at >= list.size() ? null : list.get((int) at);
    }
    if (safe) {
      return null;
    }
    throw ScriptFailure.kind(
        ScriptValues.kind(from)
            + " has no part "
            + (key instanceof String ? "`" + key + "`" : "by " + ScriptValues.kind(key)));
  }

  /** A name of a record; an index of a list, or the one behind its last. */
  static Code set(Code holder, Code key, Code value, Place place) {
    return run -> {
      Object to = holder.run(run);
      Object name = key.run(run);
      Object made = value.run(run);
      try {
        run.budget.make(name instanceof String text ? 64 + 2L * text.length() : 16);
        set(to, name, made);
        return made;
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static void set(@Nullable Object to, @Nullable Object key, @Nullable Object value) {
    if (to instanceof Map<?, ?> map && key instanceof String name) {
      ((Map<String, @Nullable Object>) map).put(name, value);
      return;
    }
    if (to instanceof List<?> list && key instanceof Long index) {
      List<@Nullable Object> elements = (List<@Nullable Object>) list;
      long at = index < 0 ? index + elements.size() : index;
      if (at >= 0 && at < elements.size()) {
        elements.set((int) at, value);
        return;
      }
      if (at == elements.size()) {
        elements.add(value);
        return;
      }
      throw ScriptFailure.kind(
          "a list of " + elements.size() + " has no element `" + index + "` to be set");
    }
    throw ScriptFailure.kind(
        "no part of "
            + ScriptValues.kind(to)
            + " can be set"
            + (key instanceof String name ? ", such as `" + name + "`" : ""));
  }
}
