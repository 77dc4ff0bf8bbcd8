package io.penstock.core.run;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.report.RunReport;
import io.penstock.testkit.simulation.Database;
import io.penstock.testkit.simulation.Decisions;
import io.penstock.testkit.simulation.Journal;
import io.penstock.testkit.simulation.Lanes;
import io.penstock.testkit.simulation.Life;
import io.penstock.testkit.simulation.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold of a run after each step, after each recovery and at each end. */
final class RunLaws {
  private static final Path CHECKPOINTS = Path.of("/srv/.penstock/test/ck");
  private static final Path SPOOLS = Path.of("/srv/.penstock/test/spool");
  private static final Path PARTS = Topology.folder("parts");
  private static final String TEMPORARY = ".tmp";

  private final World world;
  private final List<Journal> journals;
  private final Map<String, Database> databases;
  private final Map<String, Lanes> outputs;
  private final boolean flows;
  private final Decisions decisions;
  private final Accounts accounts;
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<Path, Long> looked = new HashMap<>();
  private long acknowledgements;
  private long diskVersion = -1;
  private final Map<String, List<String>> parts = new TreeMap<>();
  private boolean begun;
  private int spoolsOfDamaged;
  private Optional<String> gaveUp = Optional.empty();
  private Optional<String> heldTooMuch = Optional.empty();

  RunLaws(
      World world,
      List<Journal> journals,
      Map<String, Database> databases,
      Map<String, Lanes> outputs,
      boolean flows,
      Accounts accounts) {
    this.world = world;
    this.decisions = new Decisions(world.disk(), CHECKPOINTS);
    this.accounts = accounts;
    this.journals = journals;
    this.databases = databases;
    this.outputs = outputs;
    this.flows = flows;
  }

  /** Steps hold so much memory now, and may hold so much. */
  void held(long bytes, long most) {
    if (bytes > most && heldTooMuch.isEmpty()) {
      heldTooMuch = Optional.of(bytes + " bytes are held, and " + most + " may be");
    }
  }

  /** A process starts. */
  void starts() {
    begun = false;
    gaveUp = Optional.empty();
    parts.clear();
    looked.clear();
    diskVersion = -1;
  }

  boolean isComplete() {
    return outputs.values().stream().allMatch(Lanes::isComplete);
  }

  /** While a process runs: called between steps. */
  Optional<String> check() {
    if (heldTooMuch.isPresent()) {
      return heldTooMuch;
    }
    if (world.power().isOut()) {
      // What was just made visible may be gone, until the next process has recovered.
      return Optional.empty();
    }
    Optional<String> wrong = databases();
    if (wrong.isEmpty() && diskVersion != world.disk().version()) {
      diskVersion = world.disk().version();
      wrong = parts();
      if (wrong.isEmpty()) {
        wrong = decisions();
      }
    }
    if (wrong.isEmpty() && !begun) {
      begun = true;
      wrong = orphans();
    }
    return wrong.isEmpty() ? acknowledged() : wrong;
  }

  /** What others see of what was written. */
  private Optional<String> outside() {
    Optional<String> wrong = decisions();
    if (wrong.isEmpty()) {
      wrong = databases();
    }
    return wrong.isEmpty() ? parts() : wrong;
  }

  private Optional<String> databases() {
    for (Map.Entry<String, Database> database : databases.entrySet()) {
      String name = database.getKey();
      long version = database.getValue().version();
      if (versions.getOrDefault(name, -1L) != version) {
        versions.put(name, version);
        Optional<String> wrong = lanes(name).see(database.getValue().rows());
        if (wrong.isEmpty()) {
          wrong = decisions.check();
        }
        if (wrong.isEmpty()) {
          wrong = decisions.shown(name, database.getValue().lastEpoch().orElse(0L));
        }
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private boolean files() {
    return outputs.containsKey("parts") && !databases.containsKey("parts");
  }

  private Optional<String> parts() {
    return files() && isNew(PARTS) ? lanes("parts").see(lines()) : Optional.empty();
  }

  /** Whether what is seen there has changed since this was last asked, in this life. */
  private boolean isNew(Path path) {
    long version = world.disk().version(path);
    Long before = looked.put(path, version);
    return before == null || before != version;
  }

  private Lanes lanes(String name) {
    return java.util.Objects.requireNonNull(outputs.get(name), name);
  }

  /** The rows of all visible files. One that was looked at in this life is not read again. */
  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> names = world.disk().seenNames(PARTS);
    parts.keySet().retainAll(names);
    for (String name : names) {
      if (!name.endsWith(TEMPORARY)) {
        lines.addAll(parts.computeIfAbsent(name, this::file));
      }
    }
    return lines;
  }

  private List<String> file(String name) {
    byte[] bytes = world.disk().seen(PARTS.resolve(name)).orElseThrow();
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  /** Decided epochs count by one and never change; no output or source is told of later ones. */
  private Optional<String> decisions() {
    Optional<String> wrong = decisions.check();
    if (wrong.isEmpty()) {
      wrong = accounts.check(decisions.epochs());
    }
    if (wrong.isEmpty() && files()) {
      wrong = decisions.shown("parts", lastPart().orElse(0L));
    }
    return wrong;
  }

  private Optional<Long> lastPart() {
    return world.disk().seenNames(PARTS).stream()
        .filter(name -> !name.endsWith(TEMPORARY))
        .map(name -> Long.parseLong(name.substring(name.indexOf('-') + 1)))
        .max(Long::compare);
  }

  /**
   * A bit of the newest checkpoint is going to turn, now that the power is back: its file. What the
   * power loss took may not come back as it was, since the epoch may be done anew.
   */
  Optional<Path> damaged() {
    List<Optional<Long>> outside = new ArrayList<>();
    databases.values().forEach(database -> outside.add(database.lastEpoch()));
    if (files()) {
      outside.add(lastPart());
      parts.clear();
      lanes("parts").takenBack(lines());
    }
    spoolsOfDamaged = world.disk().seenNames(SPOOLS).size();
    return decisions.damage(outside);
  }

  /** Once a process has recovered, nothing is left of what was not decided. */
  private Optional<String> orphans() {
    for (Path folder : List.of(PARTS, CHECKPOINTS)) {
      for (String name : world.disk().seenNames(folder)) {
        if (name.endsWith(TEMPORARY)) {
          return Optional.of(folder.resolve(name) + " is left after recovery");
        }
      }
    }
    int spools = world.disk().seenNames(SPOOLS).size();
    // One for each database of the epochs that have a checkpoint, and of the one under way.
    // Processes
    // that are killed one after the other before they tidy leave a checkpoint more each. A damaged
    // one does not tell which spools it needs, so those that were there stay.
    long points =
        world.disk().seenNames(CHECKPOINTS).stream().filter(name -> name.startsWith("c-")).count();
    long most = databases.size() * (points + 1) + spoolsOfDamaged;
    return spools > most
        ? Optional.of(spools + " spools are left after recovery")
        : Optional.empty();
  }

  /** What a source was told to forget is in every output. */
  private Optional<String> acknowledged() {
    for (Journal each : journals) {
      if (each.lastAcknowledged() > decisions.last()) {
        return Optional.of(each.name() + " is told of epoch " + each.lastAcknowledged());
      }
    }
    Journal journal = journals.get(0);
    if (!flows || journals.size() > 1 || journal.acknowledgements() == acknowledgements) {
      return Optional.empty();
    }
    // What is there stays there, so each acknowledgement is looked at once.
    acknowledgements = journal.acknowledgements();
    for (Map.Entry<String, Long> split : journal.acknowledged().entrySet()) {
      String number = split.getKey().substring(split.getKey().lastIndexOf('-') + 1);
      for (String lane : List.of(number, "1/" + number, "2/" + number)) {
        for (Lanes output : outputs.values()) {
          Optional<String> missing =
              output.missingBefore(
                  split.getValue(), row -> Long.parseLong(Topology.number(row, "seq")), lane);
          if (missing.isPresent()) {
            return missing;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** How a process ended, by its report. */
  Life.Ending ending(RunReport report) {
    gaveUp =
        report
            .problem()
            .map(problem -> problem.code() + " " + problem.message() + " " + report.outcome());
    return switch (report.outcome().orElseThrow()) {
      case FINISHED, LIMIT_REACHED -> Life.Ending.FINISHED;
      case STOPPED, ABORTED -> isComplete() ? Life.Ending.FINISHED : Life.Ending.STOPPED;
      case FAILED ->
          report.problem().map(Problem::code).filter(ProblemCode.R104::equals).isPresent()
              ? Life.Ending.REFUSED
              : Life.Ending.FAILED;
    };
  }

  /** What is wrong with an end. */
  Optional<String> checkEnd(Life.Ending ending) {
    // A process that gave up before it had recovered has brought nothing back yet.
    boolean recovered = begun || ending == Life.Ending.FINISHED;
    Optional<String> wrong = recovered ? outside() : Optional.empty();
    if (wrong.isPresent()) {
      return wrong;
    }
    return switch (ending) {
      case FINISHED -> outputs.values().stream().flatMap(o -> o.missing().stream()).findFirst();
      case STOPPED -> Optional.empty();
      case FAILED ->
          world.power().struck() > 0
              ? Optional.empty()
              : Optional.of("gave up though nothing went wrong: " + gaveUp.orElse(""));
      case REFUSED -> decisions.refused().map(why -> why + ": " + gaveUp.orElse(""));
    };
  }
}
