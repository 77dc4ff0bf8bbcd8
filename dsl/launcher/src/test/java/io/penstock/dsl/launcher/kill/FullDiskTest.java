package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on real small disks that have no room: they wait, and lose nothing. */
final class FullDiskTest {
  private static final int KEYS = 1_000_000;
  private static final String COUNTS =
      """
      sources:
        numbers:
          generator: { count: %d, fields: { n: n } }
      transforms:
        totals:
          aggregate: { by: [n], compute: { rows: count() } }
      sinks:
        out: { from: totals, file: totals.csv }
      """
          .formatted(KEYS);

  @TempDir Path folder;
  private final Orders orders = new Orders(100_000);

  @Test
  void aRunWhoseStateHasNoRoomWaitsAndGoesOnByItself() throws Exception {
    orders.write(Files.createDirectory(folder.resolve("orders")), 1);
    Files.writeString(folder.resolve("pipeline.yaml"), Shape.ENDS.pipeline("micro_batch"));
    try (Session session = Session.withMounts(folder)) {
      session.does("mkdir small && mount -t tmpfs -o size=16m none small");
      session.does("head -c 16600000 /dev/zero >small/ballast");

      session.starts("run pipeline.yaml --state small/state");
      String line = session.line("DEGRADED");
      session.does("test -z \"$(find small/state -name 'c-*' -size 0)\"");
      session.does("rm small/ballast");

      assertEquals(0, session.exit(), session::toString);
      assertTrue(line.contains("the disk is full (R109 "), line);
      assertTrue(line.contains("No space left on device); trying again every 5 s"), line);
      assertEquals(Verdict.CLEAN, Verdict.of(folder, Shape.ENDS, orders));
    }
  }

  @Test
  void aRunWhoseOutputsHaveNoRoomWaitsAndShowsNothingUnfinished() throws Exception {
    Path judged = folder.resolve("judged");
    orders.write(Files.createDirectory(folder.resolve("orders")), 1);
    try (Session session = Session.withMounts(folder)) {
      session.does("mkdir small && mount -t tmpfs -o size=32m none small");
      session.does("head -c 31000000 /dev/zero >small/ballast");
      session.does("ln -s ../orders small/orders");
      Files.writeString(folder.resolve("pipeline.yaml"), Shape.ENDS.pipeline("continuous"));
      session.does("cp pipeline.yaml small");

      session.starts("run small/pipeline.yaml --state state");
      String line = session.line("DEGRADED");
      session.does("mkdir then && cp small/parts/part-* then 2>/dev/null || true");
      session.does("rm small/ballast");

      assertEquals(0, session.exit(), session::toString);
      assertTrue(line.contains("the disk is full (R304 `small/") || line.contains("(R304 `"), line);
      // What could be seen then is there as it was.
      session.does(
          "for part in then/*; do [ ! -e $part ] || cmp $part small/parts/${part#*/}; done");
      session.does("rm small/pipeline.yaml small/orders && cp -r small judged");
      assertEquals(Verdict.CLEAN, Verdict.of(judged, Shape.ENDS, orders));
    }
  }

  @Test
  void aRunWithoutStateThatCannotSpillSaysWhichStepAndLeavesNoOutput() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), COUNTS);
    try (Session session = Session.withMounts(folder)) {
      session.does("mkdir small && mount -t tmpfs -o size=8m none small");

      session.does("OPTS=\"-Xmx256m -Djava.io.tmpdir=$PWD/small\"");
      session.starts("run pipeline.yaml --memory 4MiB");
      String line = session.line("R402");

      assertEquals(5, session.exit(), session::toString);
      assertTrue(line.startsWith("pipeline.yaml:5:3  R402  the step `totals` holds more"), line);
      assertFalse(Files.exists(folder.resolve("totals.csv")));
      session.does("test -z \"$(find small -name 'r-*')\"");
      session.does("OPTS=\"-Xmx256m -Djava.io.tmpdir=$PWD\"");
      session.starts("run pipeline.yaml --memory 4MiB");
      assertEquals(0, session.exit(), session::toString);
      assertEveryKeyOnce();
    }
  }

  @Test
  void aRunThatKeepsStateAndCannotSpillWaitsUntilThereIsRoom() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), COUNTS + "run: { checkpoint: 10m }\n");
    try (Session session = Session.withMounts(folder)) {
      session.does("mkdir small && mount -t tmpfs -o size=8m none small");

      session.starts("run pipeline.yaml --memory 4MiB --state small");
      String line = session.line("DEGRADED");
      session.does("mount -t tmpfs -o remount,size=256m none small");

      assertEquals(0, session.exit(), session::toString);
      assertTrue(line.contains("the disk is full (R402 the step `totals` holds more"), line);
      assertEveryKeyOnce();
    }
  }

  private void assertEveryKeyOnce() throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve("totals.csv"));

    assertEquals("n,rows", lines.get(0));
    assertEquals(
        IntStream.range(0, KEYS).mapToObj(n -> n + ",1").sorted().toList(),
        lines.subList(1, lines.size()).stream().sorted().toList());
  }
}
