package io.penstock.core.run;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.report.RunReport;
import io.penstock.testkit.simulation.Database;
import io.penstock.testkit.simulation.Journal;
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
import java.util.zip.CRC32C;

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
  private final Map<Long, Integer> decided = new TreeMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<Path, Long> looked = new HashMap<>();
  private long acknowledgements;
  private long diskVersion = -1;
  private final Map<String, List<String>> parts = new TreeMap<>();
  private boolean begun;
  private boolean flipped;
  private Optional<String> gaveUp = Optional.empty();

  RunLaws(
      World world,
      List<Journal> journals,
      Map<String, Database> databases,
      Map<String, Lanes> outputs,
      boolean flows) {
    this.world = world;
    this.journals = journals;
    this.databases = databases;
    this.outputs = outputs;
    this.flows = flows;
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
    if (world.power().isOut()) {
      // What was just made visible may be gone, until the next process has recovered.
      return Optional.empty();
    }
    Optional<String> wrong = databases();
    if (wrong.isEmpty() && diskVersion != world.disk().version()) {
      diskVersion = world.disk().version();
      wrong = files();
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
    Optional<String> wrong = databases();
    return wrong.isEmpty() ? files() : wrong;
  }

  private Optional<String> databases() {
    for (Map.Entry<String, Database> database : databases.entrySet()) {
      String name = database.getKey();
      long version = database.getValue().version();
      if (versions.getOrDefault(name, -1L) != version) {
        versions.put(name, version);
        Optional<String> wrong = lanes(name).see(database.getValue().rows());
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> files() {
    boolean files = outputs.containsKey("parts") && !databases.containsKey("parts");
    return files && isNew(PARTS) ? lanes("parts").see(lines()) : Optional.empty();
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

  private List<Long> checkpoints() {
    List<Long> epochs = new ArrayList<>();
    for (String name : world.disk().seenNames(CHECKPOINTS)) {
      if (name.startsWith("c-")) {
        epochs.add(Long.parseLong(name.substring(2)));
      }
    }
    epochs.sort(null);
    return epochs;
  }

  /** The file in which a bit turns. */
  Optional<Path> newestCheckpoint() {
    List<Long> epochs = checkpoints();
    return epochs.isEmpty()
        ? Optional.empty()
        : Optional.of(CHECKPOINTS.resolve("c-" + epochs.get(epochs.size() - 1)));
  }

  /** Decided epochs count by one and never change; no output is more than them, or far behind. */
  private Optional<String> decisions() {
    if (!isNew(CHECKPOINTS)) {
      return Optional.empty();
    }
    for (long epoch : checkpoints()) {
      Path file = CHECKPOINTS.resolve("c-" + epoch);
      if (!isNew(file)) {
        continue;
      }
      if (!decided.isEmpty() && epoch > last() + 1) {
        return Optional.of("epoch " + epoch + " is decided after " + last());
      }
      int content = checksum(world.disk().seen(file).orElseThrow());
      Integer before = decided.putIfAbsent(epoch, content);
      if (before != null && before != content && !flipped) {
        return Optional.of("epoch " + epoch + " was decided before, with other content");
      }
    }
    return Optional.empty();
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** A bit of the newest checkpoint may have turned, so an epoch may be decided again. */
  void mayBeFlipped() {
    flipped = true;
  }

  private long last() {
    return decided.keySet().stream().reduce(0L, Math::max);
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
    // A damaged checkpoint does not tell which spools it needs.
    int most = flipped ? Integer.MAX_VALUE : databases.size() * 5;
    return spools > most
        ? Optional.of(spools + " spools are left after recovery")
        : Optional.empty();
  }

  /** What a source was told to forget is in every output. */
  private Optional<String> acknowledged() {
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
      case REFUSED ->
          flipped ? Optional.empty() : Optional.of("refused to go on: " + gaveUp.orElse(""));
    };
  }
}
