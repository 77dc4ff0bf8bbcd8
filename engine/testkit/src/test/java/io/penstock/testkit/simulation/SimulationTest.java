package io.penstock.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** A process that copies numbers to a file, right or wrong, and whether that is noticed. */
final class SimulationTest {
  private static final Path FOLDER = Path.of("/data");
  private static final Path FILE = FOLDER.resolve("numbers");
  private static final int NUMBERS = 6;
  private static final List<Fault.Kind> ENDS =
      List.of(Fault.Kind.POWER_LOSS, Fault.Kind.KILL, Fault.Kind.STOP);

  /** Writes one more number at each step; what was acknowledged must stay. */
  private static final class Counting implements Scenario {
    private final World world;
    private final boolean forces;
    private int acknowledged;

    Counting(World world, boolean forces) {
      this.world = world;
      this.forces = forces;
      world.disk().put(FILE, new byte[0]);
    }

    @Override
    public Life start() throws IOException {
      Disk disk = world.disk();
      Disk.Writing writing = disk.append(FILE, whole());
      return new Life() {
        private boolean stopped;

        @Override
        public Ending live(IntSupplier choice) throws IOException {
          while (!stopped && writing.length() < NUMBERS) {
            int unused = choice.getAsInt();
            byte[] number = {(byte) ('0' + writing.length())};
            writing.write(number, 0, 1);
            if (forces) {
              writing.force();
            }
            acknowledged = (int) writing.length();
          }
          return stopped ? Ending.STOPPED : Ending.FINISHED;
        }

        @Override
        public void stop() {
          stopped = true;
        }
      };
    }

    private String text() {
      return new String(world.disk().seen(FILE).orElseThrow(), StandardCharsets.UTF_8);
    }

    /** How many numbers are there, up to the first that was not written whole. */
    private int whole() {
      String text = text();
      int count = 0;
      while (count < text.length() && text.charAt(count) == '0' + count) {
        count++;
      }
      return count;
    }

    @Override
    public Optional<String> check() {
      String text = text();
      return whole() >= acknowledged
          ? Optional.empty()
          : Optional.of(acknowledged + " numbers were acknowledged, there is " + text);
    }

    @Override
    public Optional<String> checkEnd(Life.Ending ending) {
      return check();
    }
  }

  private static Simulation simulation(boolean forces) {
    return new Simulation(world -> new Counting(world, forces), SimulatedDisk.Names.WEAK);
  }

  @Test
  void aProcessThatForcesLosesNothing() {
    long lives = 0;
    for (int seed = 0; seed < 500; seed++) {
      Simulation.Result result = simulation(true).run(Schedule.of(seed, ENDS), false);
      assertEquals(Optional.empty(), result.violation(), "seed " + seed);
      lives += result.lives();
    }
    assertTrue(lives > 800, () -> "the process dies now and then");
  }

  private static Schedule firstFailing() {
    for (int seed = 0; seed < 100; seed++) {
      Schedule schedule = Schedule.of(seed, ENDS);
      if (simulation(false).run(schedule, false).violation().isPresent()) {
        return schedule;
      }
    }
    throw new AssertionError("nothing was noticed");
  }

  @Test
  void aProcessThatDoesNotForceIsFoundOut() {
    Schedule least = Shrinking.shrink(simulation(false), firstFailing());
    assertEquals(1, least.faults().size(), least::toString);
    assertEquals(Fault.Kind.POWER_LOSS, least.faults().get(0).kind());
  }

  @Test
  void theReportTellsScheduleEventsAndHowToSeeItAgain() {
    String report = Shrinking.report(simulation(false), firstFailing(), "replay '%s'");
    assertTrue(report.contains("power_loss write "), report);
    assertTrue(report.contains("numbers were acknowledged, there is"), report);
    String line = report.substring(report.indexOf("replay '") + 8, report.lastIndexOf('\''));
    assertTrue(simulation(false).run(Schedule.parse(line), false).violation().isPresent());
  }

  @Test
  void aSeedRunTwiceDoesTheSame() {
    for (int seed = 0; seed < 50; seed++) {
      Schedule schedule = Schedule.of(seed, ENDS);
      assertEquals(
          simulation(true).run(schedule, false).log().hash(),
          simulation(true).run(schedule, true).log().hash());
    }
  }
}
