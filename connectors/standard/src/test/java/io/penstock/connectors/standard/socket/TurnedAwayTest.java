package io.penstock.connectors.standard.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnedAwayTest {
  @Test
  void nobodyFillsTheLog() {
    TurnedAway away = new TurnedAway("in");
    for (int i = 0; i < 1000; i++) {
      away.add("10.0.0." + i, "says nothing");
      away.add("10.0.0.1", "says nothing");
    }

    assertEquals(TurnedAway.MOST + 1, away.take().size());
    assertEquals(List.of(), away.take());
  }
}
