package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lists of files that the epochs of runs have left in a folder: {@code _manifest/<epoch>.json},
 * or {@code <epoch>-<run>.json} where another run has taken that name.
 */
final class EpochManifests {
  static final String FOLDER = "_manifest";
  private static final String END = ".json";

  private final Output output;
  private final Disk disk;
  private final String run;
  private OptionalLong last = OptionalLong.empty();
  private boolean others;

  EpochManifests(Output output) {
    this.output = output;
    this.disk = output.run().disk();
    this.run = output.run().run();
  }

  /** One list. */
  private record Listed(Path path, String run, long epoch, List<String> names) {}

  /**
   * Looks at what is there. There may be very many lists, so only the newest of this run is read,
   * and the oldest, which tells whose folder it was first.
   */
  void open() throws IOException {
    List<Path> plain = new ArrayList<>();
    List<Path> beside = new ArrayList<>();
    for (Disk.Entry there : disk.list(output.folder().resolve(FOLDER))) {
      String name = String.valueOf(there.path().getFileName());
      if (name.matches("\\d{1,18}" + END)) {
        plain.add(there.path());
      } else if (name.endsWith("-" + run + END)) {
        beside.add(there.path());
      } else if (name.endsWith(END) && !name.startsWith(".")) {
        others = true;
      }
    }
    plain.sort(Comparator.comparingLong(EpochManifests::number));
    beside.sort(Comparator.comparingLong(EpochManifests::number));
    others |= !plain.isEmpty() && !isOwn(plain.get(0));
    newest(plain);
    newest(beside);
  }

  private static long number(Path file) {
    return Long.parseLong(String.valueOf(file.getFileName()).replaceFirst("\\D.*", ""));
  }

  private boolean isOwn(Path file) throws IOException {
    return read(disk, file).filter(each -> each.run().equals(run)).isPresent();
  }

  private void newest(List<Path> files) throws IOException {
    for (int i = files.size() - 1; i >= 0; i--) {
      if (isOwn(files.get(i))) {
        last = OptionalLong.of(Math.max(number(files.get(i)), last.orElse(0)));
        return;
      }
      others = true;
    }
  }

  /** The last epoch of this run that has left files. */
  OptionalLong last() {
    return last;
  }

  /** Whether another run has left files that it kept state of. */
  boolean hasOthers() {
    return others;
  }

  /** Stops where the folder is further than the epoch: then another process goes on there. */
  void refuseBehind(long epoch) {
    if (last.orElse(0) > epoch) {
      throw behind(last.getAsLong(), epoch);
    }
  }

  private RuntimeException behind(long there, long epoch) {
    return output.problem(
        ProblemCode.R301,
        "`"
            + output.config().path()
            + "` holds epoch "
            + there
            + " of this run, written by another process, and this one comes with epoch "
            + epoch,
        "stop the other process, or give this one another `--state` and path");
  }

  private static String name(Path base, PreparedPart part) {
    return base.relativize(part.target()).toString();
  }

  /** Lists the files of an epoch, durable at the end. */
  void write(long epoch, long previous, List<PreparedPart> parts) throws IOException {
    Path base = output.folder();
    Path folder = base.resolve(FOLDER);
    output.makeFolder(folder);
    byte[] text =
        (json(epoch, previous, base, parts).toText() + "\n").getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(epoch + END);
    Optional<Listed> there = read(disk, file);
    if (there.isPresent() && !there.get().run().equals(run)) {
      file = folder.resolve(epoch + "-" + run + END);
      there = read(disk, file);
    }
    List<String> names = parts.stream().map(part -> name(base, part)).toList();
    if (there.isPresent() && !there.get().names().equals(names)) {
      throw behind(epoch, epoch);
    }
    if (there.isEmpty()) {
      Path temp = folder.resolve(KeptNames.written(run, "manifest", 0, 0));
      try (Disk.Writing writing = disk.create(temp)) {
        writing.write(text, 0, text.length);
        writing.force();
      }
      disk.rename(temp, file);
    }
    disk.forceDirectory(folder);
    last = OptionalLong.of(Math.max(epoch, last.orElse(0)));
  }

  private Json json(long epoch, long previous, Path base, List<PreparedPart> parts) {
    List<Json> files = new ArrayList<>();
    for (PreparedPart part : parts) {
      Map<String, Json> file = new LinkedHashMap<>();
      file.put("name", Json.ofText(name(base, part)));
      file.put("bytes", Json.ofNumber(part.bytes()));
      file.put("crc32c", Json.ofText(Tail.shown(part.check())));
      file.put("rows", Json.ofNumber(part.rows()));
      files.add(Json.object(file));
    }
    Map<String, Json> all = new LinkedHashMap<>();
    all.put("version", Json.ofNumber(1L));
    all.put("run", Json.ofText(run));
    all.put("epoch", Json.ofNumber(epoch));
    all.put("previous", Json.ofNumber(previous));
    all.put("files", Json.list(files));
    return Json.object(all);
  }

  /** Removes what other runs have left: the files that they list, then their lists. */
  void removeOthers() throws IOException {
    Path base = output.folder();
    removeListed(disk, base, run);
    for (Manifest.Entry old : Manifest.read(disk, base).files(output.config().path().text())) {
      removeInside(disk, base, old.name());
    }
    disk.delete(base.resolve(Manifest.NAME));
    disk.forceDirectory(base);
  }

  /** Removes what runs with kept state have left in a folder, but for one run's. */
  static void removeListed(Disk disk, Path base, String but) throws IOException {
    for (Listed each : all(disk, base)) {
      if (each.run().equals(but)) {
        continue;
      }
      for (String name : each.names()) {
        removeInside(disk, base, name);
      }
      disk.delete(each.path());
    }
  }

  // Whoever wrote the list, nothing outside its folder is removed.
  private static void removeInside(Disk disk, Path base, String name) throws IOException {
    Path gone = base.resolve(name).normalize();
    if (gone.startsWith(base) && !gone.equals(base)) {
      disk.delete(gone);
    }
  }

  private static List<Listed> all(Disk disk, Path base) throws IOException {
    List<Listed> all = new ArrayList<>();
    for (Disk.Entry there : disk.list(base.resolve(FOLDER))) {
      String name = String.valueOf(there.path().getFileName());
      if (name.endsWith(END) && !name.startsWith(".")) {
        read(disk, there.path()).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<Listed> read(Disk disk, Path file) throws IOException {
    byte[] text = Manifest.bytes(disk, file);
    if (text.length == 0) {
      return Optional.empty();
    }
    try {
      Json json = Json.parse(text, 0, text.length);
      List<String> names = new ArrayList<>();
      for (Json each : json.member("files").map(Json::elements).orElse(List.of())) {
        names.add(each.member("name").flatMap(Json::asText).orElse(""));
      }
      String of = json.member("run").flatMap(Json::asText).orElse("");
      OptionalLong epoch = json.member("epoch").map(Json::asLong).orElse(OptionalLong.empty());
      return Optional.of(new Listed(file, of, epoch.orElse(0), names));
    } catch (JsonProblem notOurs) {
      return Optional.of(new Listed(file, "", 0, List.of()));
    }
  }
}
