package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.core.runner.CrashPoints;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where the process ends that a test wants to crash. */
final class CrashAtTest {
  private final AtomicInteger halted = new AtomicInteger();

  @Test
  void endsTheProcessTheNthTimeThatThePlaceIsReached() {
    CrashPoints points = CrashAt.of("decided:2", halted::incrementAndGet);

    points.reached("decided");
    points.reached("planned");
    assertEquals(0, halted.get());
    points.reached("decided");
    assertEquals(1, halted.get());
    points.reached("decided");
    assertEquals(1, halted.get());
  }

  @Test
  void aNameMayHoldColons() {
    CrashPoints points = CrashAt.of("sink:out:1", halted::incrementAndGet);

    points.reached("sink:out");

    assertEquals(1, halted.get());
  }

  @Test
  void nobodyIsInterestedWhereNothingIsWritten() {
    assertSame(CrashPoints.NONE, CrashAt.of("", halted::incrementAndGet));
  }

  @Test
  void refusesWhatIsNoPlaceWithItsNumber() {
    for (String wrong : new String[] {"decided", "decided:0", "decided:", ":1", "decided:x"}) {
      UsageException refused =
          assertThrows(
              UsageException.class, () -> CrashAt.of(wrong, halted::incrementAndGet), wrong);
      assertEquals(
          "the property crashpoint must be such as decided:1, not `" + wrong + "`", refused.text());
    }
  }
}
