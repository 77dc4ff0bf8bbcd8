package io.penstock.dsl.launcher.simulated;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.report.RunReport;
import io.penstock.testkit.simulation.Decisions;
import io.penstock.testkit.simulation.Lanes;
import io.penstock.testkit.simulation.Life;
import io.penstock.testkit.simulation.SimulatedDisk;
import io.penstock.testkit.simulation.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of the files that a run leaves, for whoever reads them. */
final class FileLaws {
  static final Path PARTS = Path.of("/srv/out/parts");
  static final Path ONE = Path.of("/srv/out/one.jsonl");
  static final Path LETTERS = Path.of("/srv/out/letters");

  private static final Pattern PART = Pattern.compile("part-\\w+-(\\d+)-(\\d+)\\..*");
  private static final Pattern RAW = Pattern.compile("\"raw\":\"(bad \\d+ \\d+)\"");

  private final World world;
  private final Decisions decisions;
  private final Map<Path, Lanes> outputs = new LinkedHashMap<>();
  private boolean begun;
  private long diskVersion = -1;
  private Optional<String> gaveUp = Optional.empty();

  FileLaws(World world, Path checkpoints, Inbox inbox) {
    this.world = world;
    this.decisions = new Decisions(world.disk(), checkpoints);
    Lanes letters = new Lanes("letters", Inbox::lane);
    for (Path output : List.of(PARTS, ONE)) {
      Lanes rows = new Lanes(String.valueOf(output.getFileName()), Inbox::lane);
      inbox.expect(rows, output.equals(PARTS) ? letters : new Lanes("", Inbox::lane));
      outputs.put(output, rows);
    }
    outputs.put(LETTERS, letters);
  }

  /** A process starts. */
  void starts() {
    begun = false;
    diskVersion = -1;
    gaveUp = Optional.empty();
  }

  boolean isComplete() {
    return outputs.values().stream().allMatch(Lanes::isComplete);
  }

  /** While a process runs: called between steps. */
  Optional<String> check() {
    if (world.power().isOut() || diskVersion == world.disk().version()) {
      return Optional.empty();
    }
    diskVersion = world.disk().version();
    Optional<String> wrong = outside();
    if (wrong.isEmpty() && !begun) {
      begun = true;
      wrong = orphans();
    }
    return wrong;
  }

  private Optional<String> outside() {
    Optional<String> undecided = decisions.check();
    if (undecided.isPresent()) {
      return undecided;
    }
    for (Map.Entry<Path, Lanes> output : outputs.entrySet()) {
      List<String> rows = rows(output.getKey());
      if (output.getKey().equals(ONE) && world.power().struck() > 0) {
        // An epoch that found no room is cut off before it is written again.
        output.getValue().takenBack(rows);
      }
      Optional<String> wrong = output.getValue().see(rows);
      if (wrong.isEmpty()) {
        wrong = decisions.shown(output.getKey().toString(), lastPart(output.getKey()).orElse(0L));
      }
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private List<String> rows(Path output) {
    List<String> rows = new ArrayList<>();
    if (output.equals(ONE)) {
      rows.addAll(lines(output));
    } else {
      for (String name : parts(output)) {
        rows.addAll(lines(output.resolve(name)));
      }
    }
    return output.equals(LETTERS) ? rows.stream().map(FileLaws::raw).toList() : rows;
  }

  private static String raw(String letter) {
    Matcher raw = RAW.matcher(letter);
    return raw.find() ? raw.group(1) : letter;
  }

  /** The lines that are whole: the last of a file may be on its way. */
  private List<String> lines(Path file) {
    String text = new String(world.disk().seen(file).orElse(new byte[0]), StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private List<String> parts(Path folder) {
    List<String> names = new ArrayList<>(world.disk().seenNames(folder));
    names.removeIf(name -> !PART.matcher(name).matches());
    names.sort(
        Comparator.comparingLong((String name) -> number(name, 1))
            .thenComparingLong(name -> number(name, 2)));
    return names;
  }

  private static long number(String name, int group) {
    Matcher part = PART.matcher(name);
    return part.matches() ? Long.parseLong(part.group(group)) : 0;
  }

  private Optional<Long> lastPart(Path folder) {
    return parts(folder).stream().map(name -> number(name, 1)).max(Long::compare);
  }

  /** Once a process has recovered, nothing is left of what was not decided. */
  private Optional<String> orphans() {
    SimulatedDisk disk = world.disk();
    for (Path folder : List.of(PARTS, LETTERS, PARTS.resolve("_manifest"))) {
      for (String name : disk.seenNames(folder)) {
        if (name.endsWith(".tmp")) {
          return Optional.of(folder.resolve(name) + " is left after recovery");
        }
      }
    }
    return Optional.empty();
  }

  /** A bit of the newest checkpoint is going to turn: its file. */
  Optional<Path> damaged() {
    List<Optional<Long>> outside = new ArrayList<>();
    for (Map.Entry<Path, Lanes> output : outputs.entrySet()) {
      output.getValue().takenBack(rows(output.getKey()));
      outside.add(lastPart(output.getKey()));
    }
    return decisions.damage(outside);
  }

  /** How a process ended, by its report. */
  Life.Ending ending(RunReport report) {
    gaveUp = report.problem().map(problem -> problem.code() + " " + problem.message());
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
    Optional<String> wrong = begun || ending == Life.Ending.FINISHED ? outside() : Optional.empty();
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
