package io.penstock.dsl.launcher.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.system.Clock;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunRequest;
import io.penstock.dsl.launcher.Golden;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream to = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final ProblemLines lines = new ProblemLines(name -> Optional.empty(), false);

  @Test
  void aPipeGetsLinesAndASummary() throws IOException {
    show(new PlainDisplay(to, lines, false));

    Golden.assertText("display/plain.txt", shown());
  }

  @Test
  void aQuietRunShowsWarningsOfTheLogOnly() {
    show(new PlainDisplay(to, lines, true));

    assertEquals("warn  paid: odd \\u001b[2J\n", shown());
  }

  @Test
  void aTerminalGetsABlockThatIsWrittenOver() throws IOException {
    show(new LiveDisplay(to, lines, 60));

    Golden.assertText("display/live.txt", shown());
  }

  @Test
  void aProgramGetsOneObjectPerLine() throws IOException {
    show(new JsonDisplay(to, new StandingClock(), false));

    Golden.assertText("display/lines.jsonl", shown());
  }

  private void show(Display display) {
    display.progress(Reports.orders(Optional.empty(), 10_000, Duration.ofSeconds(1)));
    display.log(new RunRequest.LogLine("WARN", "paid", "odd \u001b[2J"));
    display.progress(Reports.orders(Optional.empty(), 50_000, Duration.ofSeconds(3)));
    RunReport end =
        Reports.orders(
            Optional.of(RunReport.Outcome.FINISHED), 1_234_567, Duration.ofMillis(62_500));
    Promise exactly = new Promise("large", List.of("orders"), "exactly once");
    display.end(
        end,
        new Closing(OptionalLong.of(150 << 20), List.of(exactly), Optional.of(".penstock/orders")));
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static final class StandingClock implements Clock {
    @Override
    public long micros() {
      return 1_767_225_600_000_000L;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }
}
