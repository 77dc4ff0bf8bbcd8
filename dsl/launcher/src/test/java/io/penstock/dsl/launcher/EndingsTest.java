package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.RunSettings.Mode;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.text.SourceText;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which runs would have ended by themselves, so that stopping them leaves them unfinished. */
final class EndingsTest {
  private static final String BOUNDED = "generator: { count: 5 }";
  private static final String ENDLESS = "generator: { rate: 1/s }";

  @Test
  void boundedSourcesReachTheirEnd() {
    assertEnds(true, BOUNDED, "");
    assertEnds(false, ENDLESS, "");
    assertEnds(true, BOUNDED, "run: { mode: continuous }");
  }

  @Test
  void whatIsAvailableNowReachesAnEndWhateverTheSource() {
    assertEnds(true, ENDLESS, "run: { schedule: available_now }");
    assertEnds(true, ENDLESS, "run: { mode: micro_batch }");
  }

  @Test
  void aScheduleGoesOn() {
    assertEnds(false, BOUNDED, "run: { schedule: { every: 30s } }");
    assertEnds(false, BOUNDED, "run: { schedule: { cron: \"0 2 * * *\" } }");
  }

  @Test
  void theFlagComesBeforeTheFile() {
    LogicalPlan scheduled = plan(BOUNDED, "run: { schedule: { every: 30s } }");

    assertEquals(true, Endings.reachesAnEnd(scheduled, Optional.of(Mode.CONTINUOUS)));
    assertEquals(true, Endings.reachesAnEnd(plan(ENDLESS, ""), Optional.of(Mode.MICRO_BATCH)));
  }

  private static void assertEnds(boolean ends, String source, String run) {
    assertEquals(ends, Endings.reachesAnEnd(plan(source, run), Optional.empty()), source + run);
  }

  private static LogicalPlan plan(String source, String run) {
    String text =
        "sources:\n  s:\n    " + source + "\nsinks:\n  out:\n    discard: {}\n" + run + "\n";
    return new Language(Checker.catalogues())
        .check(Language.Request.of(SourceText.of("pipeline.yaml", text)))
        .plan()
        .orElseThrow();
  }
}
