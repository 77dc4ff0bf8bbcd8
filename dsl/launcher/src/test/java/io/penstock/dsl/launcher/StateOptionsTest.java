package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.StateChange;
import io.penstock.core.system.SystemClock;
import io.penstock.core.system.SystemDisk;
import io.penstock.core.system.SystemScheduler;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.text.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where state is kept, and what its flags may say. */
final class StateOptionsTest {
  private static final Path FOLDER = Path.of("/srv/here");
  private static final String ENDLESS = "generator: { rate: 1/s }";
  private static final String BOUNDED = "generator: { count: 5 }";
  private static final String STATED = "run: { checkpoint: 1s }\n";

  @Test
  void anUnboundedSourceKeepsStateBesideThePipelineFile() {
    assertEquals(
        Optional.of(kept("/srv/pipelines/.penstock/orders", false)),
        options().kept(plan(ENDLESS, ""), file(), shell(Map.of())));
  }

  @Test
  void aRunBlockKeepsState() {
    assertEquals(
        Optional.of(kept("/srv/pipelines/.penstock/orders", false)),
        options().kept(plan(BOUNDED, STATED), file(), shell(Map.of())));
    assertEquals(
        Optional.empty(),
        options().kept(plan(BOUNDED, ""), file(), shell(Map.of("PENSTOCK_STATE", "x"))));
  }

  @Test
  void theFlagComesBeforeTheVariable() {
    Shell shell = shell(Map.of("PENSTOCK_STATE", "kept"));
    StateOptions flag = options();
    flag.state = Optional.of("../there");

    assertEquals(
        Optional.of(kept("/srv/here/kept/orders", false)),
        options().kept(plan(ENDLESS, ""), file(), shell));
    assertEquals(
        Optional.of(kept("/srv/there/orders", false)), flag.kept(plan(BOUNDED, ""), file(), shell));
  }

  @Test
  void noStateIsRefusedStateOfUnboundedSourcesToo() {
    StateOptions none = options();
    none.none = true;

    assertEquals(Optional.empty(), none.kept(plan(ENDLESS, STATED), file(), shell(Map.of())));
  }

  @Test
  void changesAreReadOneByOne() {
    StateOptions some = options();
    some.changes =
        List.of("drop=gone", "reset-source=source", "new-sink=out", "fresh", "drop=other");

    some.check();

    assertEquals(
        Optional.of(
            new KeptState(
                Path.of("/srv/pipelines/.penstock/orders"),
                true,
                List.of(
                    new StateChange.Drop("gone"),
                    new StateChange.ResetSource("source"),
                    new StateChange.NewSink("out"),
                    new StateChange.Drop("other")))),
        some.kept(plan(ENDLESS, ""), file(), shell(Map.of())));
  }

  @Test
  void refusesChangesThatCannotBeRead() {
    for (String wrong : new String[] {"drop", "drop=", "=x", "keep=x", ""}) {
      StateOptions options = options();
      options.changes = List.of(wrong);

      UsageException refused = assertThrows(UsageException.class, options::check, wrong);

      assertEquals(
          "--state-change must be drop=STEP, reset-source=STEP, new-sink=STEP or fresh, not `"
              + wrong
              + "`",
          refused.text());
    }
  }

  @Test
  void refusesStepsThatTheFileDoesNotHave() {
    assertEquals(
        "--state-change: the file has no source `sorce`: did you mean `source`? sources here:"
            + " source",
        refused("reset-source=sorce"));
    assertEquals(
        "--state-change: the file has no sink `source`: sinks here: out",
        refused("new-sink=source"));
  }

  @Test
  void refusesFlagsThatDoNotGoTogether() {
    StateOptions both = options();
    both.none = true;
    both.state = Optional.of("x");
    StateOptions fresh = options();
    fresh.none = true;
    fresh.fresh = true;
    StateOptions ephemeral = options();
    ephemeral.fresh = true;

    assertEquals(
        "--no-state and --state do not go together",
        assertThrows(UsageException.class, both::check).text());
    assertEquals(
        "--no-state and --fresh do not go together",
        assertThrows(UsageException.class, fresh::check).text());
    assertEquals(
        "--fresh: this run keeps no state; a run block in the file keeps it, and so does --state"
            + " DIR",
        assertThrows(
                UsageException.class,
                () -> ephemeral.kept(plan(BOUNDED, ""), file(), shell(Map.of())))
            .text());
  }

  @Test
  void memoryIsHalfOfTheHeapOrWhatIsWritten() {
    long heap = 1L << 30;

    assertEquals(heap / 2, Memory.bytes(Optional.empty(), heap));
    assertEquals(64L << 20, Memory.bytes(Optional.of("64MiB"), heap));
    assertEquals(10_000_000, Memory.bytes(Optional.of("10MB"), heap));
    assertEquals(
        "--memory must be at most Java's heap of 1GiB, not `2GiB`: JAVA_OPTS=-Xmx2g gives more",
        assertThrows(UsageException.class, () -> Memory.bytes(Optional.of("2GiB"), heap)).text());
    for (String wrong : new String[] {"", "0B", "1", "much", "-1MiB", "999999999999TiB"}) {
      assertEquals(
          "--memory must be such as 64MiB, 512MiB or 2GiB, not `" + wrong + "`",
          assertThrows(UsageException.class, () -> Memory.bytes(Optional.of(wrong), heap)).text());
    }
  }

  private static String refused(String change) {
    StateOptions options = options();
    options.changes = List.of(change);
    return assertThrows(
            UsageException.class, () -> options.kept(plan(ENDLESS, ""), file(), shell(Map.of())))
        .text();
  }

  private static StateOptions options() {
    return new StateOptions();
  }

  private static KeptState kept(String folder, boolean fresh) {
    return new KeptState(Path.of(folder), fresh, List.of());
  }

  private static PipelineFiles.Named file() {
    return new PipelineFiles.Named("orders.yaml", Path.of("/srv/pipelines/orders.yaml"));
  }

  private static LogicalPlan plan(String source, String run) {
    String pipeline =
        "sources:\n  source:\n    " + source + "\nsinks:\n  out:\n    discard: {}\n" + run;
    return new Language(Checker.catalogues())
        .check(Language.Request.of(SourceText.of("orders.yaml", pipeline)))
        .plan()
        .orElseThrow();
  }

  private static Shell shell(Map<String, String> environment) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Shell(
        nowhere,
        nowhere,
        new ByteArrayOutputStream(),
        Shell.Look.plain(),
        environment,
        FOLDER,
        new SystemDisk(new SystemScheduler()),
        new SystemClock(),
        new SystemScheduler());
  }
}
