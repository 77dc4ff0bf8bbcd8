package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Calls each benchmark once, so that none rots; what they check at set-up is checked too. */
final class BenchmarksTest {
  private static final String CHALLENGE =
      "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.";

  /** A benchmark with values of its parameters. */
  record Call(Method benchmark, Map<Field, Object> parameters) {
    @Override
    public String toString() {
      return benchmark.getDeclaringClass().getSimpleName()
          + "."
          + benchmark.getName()
          + " "
          + parameters.values();
    }
  }

  static List<Call> calls() throws ReflectiveOperationException {
    Set<String> classes = new TreeSet<>();
    BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
        .forEach(entry -> classes.add(entry.getUserClassQName()));
    List<Call> calls = new ArrayList<>();
    for (String name : classes) {
      Class<?> type = Class.forName(name);
      for (Map<Field, Object> parameters : parameters(type)) {
        having(type, Benchmark.class).forEach(method -> calls.add(new Call(method, parameters)));
      }
    }
    assertFalse(calls.isEmpty());
    return calls;
  }

  @ParameterizedTest
  @MethodSource("calls")
  void givesSomething(Call call) throws ReflectiveOperationException {
    Class<?> type = call.benchmark().getDeclaringClass();
    Object bench = type.getConstructor().newInstance();
    for (Map.Entry<Field, Object> parameter : call.parameters().entrySet()) {
      parameter.getKey().set(bench, parameter.getValue());
    }

    try {
      call(bench, Setup.class);
      assertNotNull(call.benchmark().invoke(bench, arguments(call.benchmark())));
    } finally {
      call(bench, TearDown.class);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void saysHowManyRowsACallDoes(Call call) {
    assertTrue(
        call.parameters().keySet().stream().anyMatch(f -> f.getName().equals(CostTable.ROWS)));
  }

  /** All combinations of the values of a class's parameters. */
  private static List<Map<Field, Object>> parameters(Class<?> type) {
    List<Map<Field, Object>> all = List.of(Map.of());
    for (Field field : type.getFields()) {
      if (!field.isAnnotationPresent(Param.class)) {
        continue;
      }
      List<Map<Field, Object>> longer = new ArrayList<>();
      for (Map<Field, Object> one : all) {
        for (Object value : values(field)) {
          Map<Field, Object> more = new LinkedHashMap<>(one);
          more.put(field, value);
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }

  private static List<Object> values(Field field) {
    String[] texts = field.getAnnotation(Param.class).value();
    if (!field.getType().isEnum()) {
      return Stream.of(texts).<Object>map(Integer::valueOf).toList();
    }
    boolean every = texts.length == 1 && texts[0].equals(Param.BLANK_ARGS);
    return Stream.<Object>of(field.getType().getEnumConstants())
        .filter(value -> every || Arrays.asList(texts).contains(value.toString()))
        .toList();
  }

  private static void call(Object bench, Class<? extends Annotation> role)
      throws ReflectiveOperationException {
    for (Method method : having(bench.getClass(), role)) {
      method.invoke(bench);
    }
  }

  private static List<Method> having(Class<?> type, Class<? extends Annotation> role) {
    return Stream.of(type.getMethods()).filter(m -> m.isAnnotationPresent(role)).toList();
  }

  private static Object[] arguments(Method benchmark) {
    return Stream.of(benchmark.getParameterTypes())
        .map(
            type -> {
              assertTrue(type.equals(Blackhole.class), () -> type + " as argument");
              return (Object) new Blackhole(CHALLENGE);
            })
        .toArray();
  }
}
