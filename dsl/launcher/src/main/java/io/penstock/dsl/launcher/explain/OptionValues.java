package io.penstock.dsl.launcher.explain;

import io.penstock.api.option.Assignments;
import io.penstock.api.option.Chosen;
import io.penstock.api.option.Component;
import io.penstock.api.option.Config;
import io.penstock.api.option.Constant;
import io.penstock.api.option.Entry;
import io.penstock.api.option.Included;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Bound options as maps, lists and texts. */
final class OptionValues {
  /** Stands for a secret. */
  static final String MASK = "***";

  private OptionValues() {}

  /** The options of a record by their names; those left out are left out. */
  static Map<String, Object> ofRecord(Record options) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      if (component.isAnnotationPresent(Included.class)) {
        values.putAll(ofRecord((Record) read(options, component)));
        continue;
      }
      Object value = of(read(options, component));
      if (!isNothing(value)) {
        Option option = component.getAnnotation(Option.class);
        boolean secret = option != null && option.secret();
        values.put(snakeCase(component.getName()), secret ? MASK : value);
      }
    }
    return values;
  }

  private static boolean isNothing(Object value) {
    return value instanceof Optional<?>
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static Object read(Record options, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /** A value; an empty optional for nothing. */
  static Object of(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() ? Optional.empty() : of(optional.get());
    }
    if (value instanceof OptionalInt number) {
      return number.isEmpty() ? Optional.empty() : number.getAsInt();
    }
    if (value instanceof OptionalLong number) {
      return number.isEmpty() ? Optional.empty() : number.getAsLong();
    }
    if (value instanceof Placed<?> placed) {
      return of(placed.value());
    }
    if (value instanceof OneOrMany<?> many) {
      return list(many.values());
    }
    if (value instanceof Collection<?> many) {
      return list(many);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((name, element) -> values.put(name.toString(), of(element)));
      return values;
    }
    if (value instanceof Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT);
    }
    return value instanceof Boolean || value instanceof Number ? value : ofNode(value);
  }

  private static Object ofNode(Object value) {
    if (value instanceof Scalar scalar) {
      return scalar.text();
    }
    if (value instanceof Sequence sequence) {
      return list(sequence.elements());
    }
    if (value instanceof Mapping mapping) {
      Map<String, Object> values = new LinkedHashMap<>();
      mapping.entries().forEach(entry -> values.put(entry.name(), of(entry.value())));
      return values;
    }
    if (value instanceof Assignments<?> assignments) {
      return entries(assignments.entries());
    }
    if (value instanceof Selections<?> selections) {
      return entries(selections.entries());
    }
    if (value instanceof Chosen<?> chosen) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put(chosen.name(), chosen.config() instanceof Record options ? ofRecord(options) : "");
      chosen.when().ifPresent(when -> values.put("when", when.text()));
      return values;
    }
    return value instanceof Constant constant ? ofConstant(constant) : ofOther(value);
  }

  private static Object ofConstant(Constant constant) {
    if (constant instanceof Constant.Bool bool) {
      return bool.value();
    }
    if (constant instanceof Constant.Whole whole) {
      return whole.value();
    }
    if (constant instanceof Constant.Number number) {
      return number.value();
    }
    if (constant instanceof Constant.Text text) {
      return text.template().text();
    }
    if (constant instanceof Constant.Items items) {
      return list(items.values());
    }
    return constant instanceof Constant.Members members ? entries(members.entries()) : "null";
  }

  /** Records that print themselves as people write them do so; others are options again. */
  private static Object ofOther(Object value) {
    if (!(value instanceof Record record)) {
      return value.toString();
    }
    Component component = record.getClass().getAnnotation(Component.class);
    if (component != null) {
      Map<String, Object> options = ofRecord(record);
      return options.isEmpty() ? component.name() : Map.of(component.name(), options);
    }
    boolean options = record instanceof Config;
    for (RecordComponent part : record.getClass().getRecordComponents()) {
      options |= part.isAnnotationPresent(Option.class);
    }
    return options ? ofRecord(record) : record.toString();
  }

  private static <T> Map<String, Object> entries(List<Entry<T>> entries) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Entry<T> entry : entries) {
      values.put(entry.name().toString(), of(entry.value()));
    }
    return values;
  }

  private static List<Object> list(Collection<?> values) {
    List<Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(of(value));
    }
    return list;
  }

  private static String snakeCase(String name) {
    StringBuilder snake = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (Character.isUpperCase(c)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(c));
    }
    return snake.toString();
  }
}
