package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.connectors.standard.BothWays;
import io.penstock.connectors.standard.RandomValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The shaped way against the ordinary one. */
class ShapedDecoderTest {
  private static final int RECORDS = 100_000;

  @Test
  void givesWhatTheOrdinaryWayGives() {
    long seed = Long.getLong("penstock.seed", 20261128);
    long[] counts = new long[3];
    for (long file = 0; counts[0] < RECORDS; file++) {
      counts[0] += file(seed + file, counts);
    }
    System.out.printf(
        "json, shaped and ordinary: %d records, %d rows, %d refused, from seed %d%n",
        counts[0], counts[1], counts[2], seed);
    assertTrue(counts[1] > RECORDS / 2, "most records are rows");
    assertTrue(counts[2] > RECORDS / 20, "many are refused");
  }

  private static int file(long seed, long[] counts) {
    RandomValues chance = new RandomValues(new Random(seed));
    Format.Decoding decoding = chance.decoding();
    Records records = new Records(decoding, chance, chance.one(List.of(0.0, 0.02, 0.1, 0.6)));
    StringBuilder text = new StringBuilder();
    int[] ends = new int[1 + chance.upTo(4)];
    int count = 0;
    for (int i = 0; i < ends.length; i++) {
      for (int left = 1 + chance.upTo(100); left > 0; left--) {
        text.append(records.next()).append(chance.chance(records.odd / 4) ? "\r\n" : "\n");
        count++;
      }
      ends[i] = text.length();
    }
    if (chance.chance(0.5)) {
      text.setLength(--ends[ends.length - 1]);
    }
    // What follows the last block is none of its business.
    byte[] bytes = (text + "12345\"}\n").getBytes(StandardCharsets.ISO_8859_1);
    if (chance.chance(0.3)) {
      bytes = Arrays.copyOf(bytes, text.length());
    }
    BothWays ways =
        new BothWays(
            decoding.schema(),
            new LinesDecoder(decoding),
            new LinesDecoder(decoding, false),
            chance.one(List.of(1, 3, 4096)),
            chance.chance(0.5));
    try {
      ways.read(bytes, ends);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", " + decoding, e);
    }
    counts[1] += ways.rows();
    counts[2] += ways.bad();
    return count;
  }

  /** Records of a shape, and now and then an odd one. */
  private static final class Records {
    private final Format.Decoding decoding;
    private final RandomValues chance;
    private final double odd;
    private final List<String> order;
    private final String colon;
    private final String comma;

    Records(Format.Decoding decoding, RandomValues chance, double odd) {
      this.decoding = decoding;
      this.chance = chance;
      this.odd = odd;
      this.order = new ArrayList<>(decoding.schema().names());
      if (chance.chance(0.3)) {
        Collections.shuffle(order, new Random(chance.upTo(1000)));
      }
      if (chance.chance(0.3)) {
        order.removeIf(
            n -> decoding.schema().field(n).orElseThrow().type().optional() && chance.chance(0.3));
      }
      if (decoding.unknownFields() == Format.UnknownFields.DROP && chance.chance(0.4)) {
        order.add(chance.upTo(order.size()), "unknown");
        order.add(chance.upTo(order.size()), "u");
      }
      this.colon = chance.chance(0.5) ? ": " : ":";
      this.comma = chance.chance(0.5) ? ", " : ",";
    }

    String next() {
      boolean surprising = chance.chance(odd);
      List<String> members = order;
      if (surprising && chance.chance(0.4)) {
        members = changed();
      }
      StringBuilder record = new StringBuilder("{");
      for (String name : members) {
        boolean last = surprising && chance.chance(1.0 / members.size());
        record.append(record.length() > 1 ? blanked(comma, last) : "");
        record.append('"').append(escaped(name, last)).append('"').append(blanked(colon, last));
        record.append(value(name, last));
      }
      String whole = record.append(surprising && chance.chance(0.1) ? " } " : "}").toString();
      if (surprising && chance.chance(0.3)) {
        whole = chance.mutated(whole);
      }
      return surprising && chance.chance(0.05)
          ? chance.one(List.of("", " ", "null", "[]", "1", "{}", "\r", "\u00ef\u00bb\u00bf{}"))
          : whole;
    }

    private List<String> changed() {
      List<String> other = new ArrayList<>(order);
      switch (chance.upTo(3)) {
        case 0 -> Collections.shuffle(other, new Random(chance.upTo(1000)));
        case 1 -> other.subList(0, Math.min(1, other.size())).clear();
        case 2 -> other.addAll(order.subList(0, Math.min(1, order.size())));
        default -> other.add(chance.upTo(other.size()), chance.one(List.of("new", "", "é", "a")));
      }
      return other;
    }

    private String blanked(String mark, boolean surprising) {
      return surprising && chance.chance(0.2)
          ? chance.one(List.of(" " + mark, mark + "\t", mark + "  ", "", mark + mark))
          : mark;
    }

    private String escaped(String name, boolean surprising) {
      String bytes = RandomValues.bytes(name);
      return surprising && chance.chance(0.2) ? "\\u006" + bytes : bytes;
    }

    private String value(String name, boolean surprising) {
      Optional<Field> field = decoding.schema().field(name);
      if (surprising && chance.chance(0.2)) {
        return chance.chance(0.5) ? "null" : chance.json(3);
      }
      if (field.isEmpty()) {
        return surprising
            ? chance.text(DataType.DOUBLE, Optional.empty(), true)
            : chance.chance(0.5) ? "\"text\"" : "" + chance.upTo(1000);
      }
      DataType type = field.get().type().type();
      if (field.get().type().optional() && chance.chance(0.05)) {
        return "null";
      }
      Optional<TextTypes.TimePattern> pattern = decoding.types().pattern(FieldPath.of(name));
      String text = chance.text(type, pattern, surprising && chance.chance(0.7));
      return inQuotes(type, pattern) ? '"' + text + '"' : text;
    }

    private static boolean inQuotes(DataType type, Optional<TextTypes.TimePattern> pattern) {
      if (!(type instanceof DataType.Simple simple)) {
        return false;
      }
      return switch (simple.kind()) {
        case STRING, BYTES, DURATION -> true;
        case TIMESTAMP, DATE -> pattern.isEmpty() || pattern.get() instanceof TextTypes.Text;
        case BOOLEAN, INT, DOUBLE, JSON -> false;
      };
    }
  }
}
