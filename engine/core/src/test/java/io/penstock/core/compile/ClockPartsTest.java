package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.function.Call;
import io.penstock.core.expression.function.TimeParts;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of times by arithmetic are those of the calendar. */
final class ClockPartsTest {
  private static final int COUNT = 50_000;
  private static final long[] EDGES = {
    0,
    -1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    951_782_399_999_999L,
    951_782_400_000_000L,
    -62_167_219_200_000_000L,
    -62_135_596_800_000_001L,
    4_107_542_399_999_999L
  };

  @Test
  void agreeWithTheCalendar() {
    Random random = new Random(20_260_104);
    ValueType type = ValueType.required(DataType.INT);
    Call call = new Call(List.of(type, type), type);
    for (int i = 0; i < COUNT; i++) {
      long time = i < EDGES.length ? EDGES[i] : random.nextLong() >> random.nextInt(40);
      int seconds = (random.nextInt(73) - 36) * 1800;
      String zone = ZoneOffset.ofTotalSeconds(seconds).getId();
      long offset = seconds * 1_000_000L;
      String shown = time + " in " + zone;

      assertEquals(TimeParts.hour(call, time, zone), ClockParts.hour(time, offset), shown);
      assertEquals(TimeParts.minute(call, time, zone), ClockParts.minute(time, offset), shown);
      assertEquals(TimeParts.second(call, time, zone), ClockParts.second(time, offset), shown);
      assertEquals(
          TimeParts.dayOfWeek(call, time, zone), ClockParts.dayOfWeek(time, offset), shown);
      assertEquals(TimeParts.year(call, time, zone), ClockParts.year(time, offset), shown);
      assertEquals(TimeParts.month(call, time, zone), ClockParts.month(time, offset), shown);
      assertEquals(TimeParts.day(call, time, zone), ClockParts.day(time, offset), shown);
    }
  }
}
