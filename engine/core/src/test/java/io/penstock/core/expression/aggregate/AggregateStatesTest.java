package io.penstock.core.expression.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.SourceOrder;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import io.penstock.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All aggregates as bytes. The goldens are rewritten by -Dpenstock.golden=true. */
class AggregateStatesTest {
  private static final int GROUPS = 7;
  private static final DataType WIDE = new DataType.Decimal(38, 2);
  private static final DataType LIST = new DataType.ListOf(ValueType.optional(DataType.INT));
  private static final DataType RECORD =
      new DataType.RecordOf(
          Schema.of(Field.of("a", DataType.STRING), Field.of("b", DataType.DOUBLE)));
  private static final List<DataType> NUMBERS = List.of(DataType.INT, DataType.DOUBLE, WIDE);

  // Numbers of one size: of others all digits of a product cancel out.
  private static final List<DataType> PAIRED =
      List.of(DataType.INT, DataType.DOUBLE, new DataType.Decimal(12, 2));
  private static final List<DataType> ORDERED =
      List.of(DataType.INT, DataType.DOUBLE, WIDE, DataType.STRING, DataType.BOOLEAN, LIST);
  private static final List<DataType> ANY =
      List.of(
          DataType.INT,
          DataType.DOUBLE,
          WIDE,
          DataType.STRING,
          DataType.BYTES,
          DataType.BOOLEAN,
          DataType.TIMESTAMP,
          DataType.JSON,
          LIST,
          RECORD);

  /** An aggregate with the types and constants of its arguments. */
  private record Use(String name, List<DataType> types, List<Optional<Object>> constants) {
    Call call() {
      return new Call(name, types, constants);
    }

    @Override
    public String toString() {
      return name + types;
    }
  }

  static Stream<Use> uses() {
    return AggregateFunctions.standard().names().stream().flatMap(name -> of(name).stream());
  }

  private static List<Use> of(String name) {
    List<Use> uses = new ArrayList<>();
    for (DataType type : first(name)) {
      List<DataType> types = new ArrayList<>(List.of(type));
      List<Optional<Object>> constants = new ArrayList<>(List.of(Optional.empty()));
      switch (name) {
        case "string_agg" -> {
          types.add(DataType.STRING);
          constants.add(Optional.of(", "));
        }
        case "quantile", "approx_quantile" -> {
          types.add(DataType.DOUBLE);
          constants.add(Optional.of(0.3));
        }
        case "arg_min", "arg_max", "covar", "covar_pop", "corr" -> {
          types.add(PAIRED.get(uses.size() % PAIRED.size()));
          constants.add(Optional.empty());
        }
        default -> {}
      }
      uses.add(new Use(name, types, constants));
    }
    return uses;
  }

  private static List<DataType> first(String name) {
    return switch (name) {
      case "every", "some" -> List.of(DataType.BOOLEAN);
      case "bit_and", "bit_or", "bit_xor" -> List.of(DataType.INT);
      case "string_agg" -> List.of(DataType.STRING);
      case "min", "max" -> ORDERED;
      case "covar", "covar_pop", "corr" -> PAIRED;
      case "sum", "avg", "stddev", "stddev_pop", "variance", "variance_pop" -> NUMBERS;
      case "median", "quantile", "approx_quantile" -> NUMBERS;
      default -> ANY;
    };
  }

  @ParameterizedTest
  @MethodSource("uses")
  void goesOnAsIfItHadNotBeenWritten(Use use) throws IOException {
    for (int seed = 0; seed < 25; seed++) {
      Random random = new Random(seed);
      boolean timed = random.nextBoolean();
      Call whole = use.call();
      Call restored = use.call();
      int groups = 0;
      for (int part = 0; part < 4; part++) {
        Rows rows = Rows.of(use, random, timed);
        rows.into(whole);
        Call delta = use.call();
        rows.into(delta);
        // Once all is written and read in another order of groups, else only what changed.
        if (part == 2) {
          restored = copy(use, restored, GROUPS, true);
        }
        byte[] bytes = written(delta, GROUPS);
        read(restored, bytes, GROUPS);
        groups = Math.max(groups, rows.size());
      }

      assertTrue(groups > 0 || seed > 0);
      AggregatesTest.assertClose(comparable(whole), comparable(restored), use + " " + seed);
      assertTrue(restored.state.bytes() > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("uses")
  void oneGroupIsReadAloneAndWrittenAlike(Use use) throws IOException {
    Call call = use.call();
    Random random = new Random(5);
    Rows.of(use, random, true).into(call);
    Aggregates.GroupWriter writer = call.state.writer();
    for (int group = 0; group < GROUPS + 100; group += group < GROUPS ? 1 : 50) {
      byte[] bytes = one(writer, group);
      Call alone = use.call();
      alone.state.read(3, StateInput.of(bytes));

      byte[] again = one(alone.state.writer(), 3);
      assertEquals(bytes.length, again.length, use::toString);
      // The library keeps few values in a table, whose order depends on the way there.
      if (!use.name().equals("approx_distinct")) {
        assertEquals(hex(bytes), hex(again), use::toString);
      }
    }
  }

  @Test
  void formerFormatsAreStillRead() throws IOException {
    Map<String, String> bytes = new LinkedHashMap<>();
    Map<String, String> results = new LinkedHashMap<>();
    for (Use use : uses().toList()) {
      Call call = use.call();
      Rows.of(use, new Random(11), true).into(call);
      bytes.put(use.toString(), hex(written(call, GROUPS)));
      results.put(use.toString(), shown(call));
    }
    Path file = Path.of("src/test/resources/state/aggregates-" + Aggregates.FORMAT + ".txt");
    if (Boolean.getBoolean("penstock.golden")) {
      StringBuilder text = new StringBuilder();
      bytes.forEach(
          (use, hex) ->
              text.append(use)
                  .append('\t')
                  .append(hex)
                  .append('\t')
                  .append(results.get(use))
                  .append('\n'));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    for (int format = 1; format <= Aggregates.FORMAT; format++) {
      reads(format, bytes, results);
    }
  }

  private static void reads(int format, Map<String, String> bytes, Map<String, String> results)
      throws IOException {
    List<String> lines;
    try (InputStream golden =
        AggregateStatesTest.class.getResourceAsStream("/state/aggregates-" + format + ".txt")) {
      lines = new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    Map<String, Use> uses = new LinkedHashMap<>();
    uses().forEach(use -> uses.put(use.toString(), use));
    for (String line : lines) {
      String[] parts = line.split("\t", -1);
      Use use = java.util.Objects.requireNonNull(uses.get(parts[0]), parts[0]);
      Call call = use.call();
      read(call, HexFormat.of().parseHex(parts[1]), GROUPS);
      assertEquals(parts[2], shown(call), parts[0]);
      if (format == Aggregates.FORMAT) {
        assertEquals(parts[1], bytes.get(parts[0]), parts[0]);
        assertEquals(parts[2], results.get(parts[0]), parts[0]);
      }
    }
    assertTrue(format < Aggregates.FORMAT || lines.size() == uses.size(), "all are there");
  }

  private static String shown(Call call) {
    StringBuilder text = new StringBuilder();
    for (Object value : call.results(GROUPS)) {
      text.append(shown(value)).append(' ');
    }
    return text.toString().trim();
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Object[] record) {
      return Stream.of(record).map(AggregateStatesTest::shown).toList().toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AggregateStatesTest::shown).toList().toString();
    }
    if (value instanceof byte[] raw) {
      return hex(raw);
    }
    if (value instanceof Double number) {
      // The same text on every Java.
      return Double.toHexString(number);
    }
    return String.valueOf(value).replace('\t', ' ').replace('\n', ' ');
  }

  /** Results, of which arrays are texts. */
  private static List<Object> comparable(Call call) {
    List<Object> values = new ArrayList<>();
    for (Object value : call.results(GROUPS)) {
      values.add(value instanceof Double number ? number : shown(value));
    }
    return values;
  }

  private static Call copy(Use use, Call call, int groups, boolean backwards) throws IOException {
    Aggregates.GroupWriter writer = call.state.writer();
    Call copy = use.call();
    for (int i = 0; i < groups; i++) {
      int group = backwards ? groups - 1 - i : i;
      copy.state.read(group, StateInput.of(one(writer, group)));
    }
    return copy;
  }

  private static byte[] written(Call call, int groups) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateOutput output = new StateOutput(bytes::write);
    Aggregates.GroupWriter writer = call.state.writer();
    for (int group = 0; group < groups; group++) {
      writer.write(group, output);
    }
    output.flush();
    return bytes.toByteArray();
  }

  private static byte[] one(Aggregates.GroupWriter writer, int group) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateOutput output = new StateOutput(bytes::write);
    writer.write(group, output);
    output.flush();
    return bytes.toByteArray();
  }

  private static void read(Call call, byte[] bytes, int groups) throws IOException {
    StateInput input = StateInput.of(bytes);
    for (int group = 0; group < groups; group++) {
      call.state.read(group, input);
    }
    assertTrue(input.atEnd());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Random rows for a call. */
  private record Rows(int[] groups, Column[] arguments, Optional<SourceOrder> order) {
    static Rows of(Use use, Random random, boolean timed) {
      int size = 1 + random.nextInt(80);
      Column[] arguments = new Column[use.types().size()];
      for (int i = 0; i < arguments.length; i++) {
        @Nullable Object[] values = new Object[size];
        for (int row = 0; row < size; row++) {
          values[row] =
              use.constants().get(i).isPresent()
                  ? use.constants().get(i).get()
                  : value(use.types().get(i), random, true);
        }
        arguments[i] = Call.column(use.types().get(i), values);
      }
      int[] groups = random.ints(size, 0, GROUPS - 1).toArray();
      return new Rows(
          groups, arguments, timed ? Optional.of(order(size, random)) : Optional.empty());
    }

    /** Of a few splits, or made by a step. */
    private static SourceOrder order(int size, Random random) {
      long[] times = random.longs(size, 0, 9).toArray();
      if (random.nextInt(4) == 0) {
        return new SourceOrder(times, "made", "", new long[0], new int[0]);
      }
      long first = random.nextInt(1000);
      long[] positions = new long[size];
      int[] index = new int[random.nextBoolean() ? 0 : size];
      for (int row = 0; row < size; row++) {
        positions[row] = first + row / 2;
      }
      for (int row = 0; row < index.length; row++) {
        index[row] = row % 2;
      }
      return new SourceOrder(times, "s", "p" + random.nextInt(3), positions, index);
    }

    int size() {
      return groups.length;
    }

    void into(Call call) {
      call.state.add(groups, groups.length, arguments, order);
    }

    private static @Nullable Object value(DataType type, Random random, boolean nullable) {
      if (nullable && random.nextInt(6) == 0) {
        return null;
      }
      int small = random.nextInt(24) - 12;
      if (type.equals(DataType.INT) || type.equals(DataType.TIMESTAMP)) {
        return (long) small;
      }
      if (type.equals(DataType.DOUBLE)) {
        return small / 4.0;
      }
      if (type.equals(DataType.BOOLEAN)) {
        return small > 0;
      }
      if (type.equals(DataType.STRING)) {
        return small == 0 ? "" : "t" + small + "\u00e9";
      }
      if (type.equals(DataType.BYTES)) {
        return new byte[] {(byte) small, 0};
      }
      if (type.equals(DataType.JSON)) {
        return small % 2 == 0 ? Json.ofText("j" + small) : Json.ofNumber(small);
      }
      if (type.equals(LIST)) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(value(DataType.INT, random, true));
        }
        return list;
      }
      if (type.equals(RECORD)) {
        return new Object[] {
          value(DataType.STRING, random, false), value(DataType.DOUBLE, random, false)
        };
      }
      BigDecimal amount = BigDecimal.valueOf(small, 2);
      return type.equals(WIDE) && small % 3 == 0 ? amount.multiply(BigDecimal.TEN.pow(20)) : amount;
    }
  }
}
