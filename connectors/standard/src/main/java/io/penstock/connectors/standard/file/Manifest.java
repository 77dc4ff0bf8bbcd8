package io.penstock.connectors.standard.file;

import io.penstock.api.system.Disk;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list of files that runs have left in a folder, by the path as written in the sink. Only what
 * stands in it is ever replaced or removed.
 *
 * @param outputs for each sink's path its files, relative to the folder
 */
record Manifest(Map<String, List<Entry>> outputs) {
  static final String NAME = "_manifest.json";
  private static final String OUTPUTS = "outputs";

  Manifest {
    outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** A file. */
  record Entry(String name, long bytes, long rows) {}

  /** The manifest of a folder; empty where there is none that can be read. */
  static Manifest read(Disk disk, Path folder) throws IOException {
    byte[] text = bytes(disk, folder.resolve(NAME));
    if (text.length == 0) {
      return new Manifest(Map.of());
    }
    try {
      return of(Json.parse(text, 0, text.length));
    } catch (JsonProblem notOurs) {
      return new Manifest(Map.of());
    }
  }

  /** The bytes of a small file; empty where there is none. */
  static byte[] bytes(Disk disk, Path file) throws IOException {
    Optional<Disk.Entry> entry = disk.entry(file);
    if (entry.isEmpty()) {
      return new byte[0];
    }
    byte[] text = new byte[(int) entry.get().size()];
    try (Disk.Reading reading = disk.read(file)) {
      int length = 0;
      while (length < text.length) {
        int count = reading.read(length, text, length, text.length - length);
        if (count < 0) {
          break;
        }
        length += count;
      }
    }
    return text;
  }

  private static Manifest of(Json json) {
    Map<String, List<Entry>> outputs = new LinkedHashMap<>();
    json.member(OUTPUTS)
        .map(Json::members)
        .orElse(Map.of())
        .forEach(
            (path, files) -> {
              List<Entry> entries = new ArrayList<>();
              for (Json file : files.elements()) {
                String name = file.member("name").flatMap(Json::asText).orElse("");
                entries.add(new Entry(name, number(file, "bytes"), number(file, "rows")));
              }
              outputs.put(path, entries);
            });
    return new Manifest(outputs);
  }

  private static long number(Json file, String name) {
    return file.member(name).map(Json::asLong).map(n -> n.orElse(0)).orElse(0L);
  }

  /** The names of all files. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    outputs.values().forEach(files -> files.forEach(file -> names.add(file.name())));
    return names;
  }

  /** The files of one sink. */
  List<Entry> files(String path) {
    return outputs.getOrDefault(path, List.of());
  }

  /** The same with other files for one sink. */
  Manifest with(String path, List<Entry> files) {
    Map<String, List<Entry>> changed = new LinkedHashMap<>(outputs);
    changed.put(path, List.copyOf(files));
    return new Manifest(changed);
  }

  /** Puts the manifest into the folder, whole or not at all. */
  void write(Disk disk, Path folder, String run) throws IOException {
    Path temp = folder.resolve(".penstock-" + run + "-manifest.tmp");
    byte[] text = (json().toText() + "\n").getBytes(StandardCharsets.UTF_8);
    try (Disk.Writing writing = disk.create(temp)) {
      writing.write(text, 0, text.length);
      writing.force();
    }
    disk.rename(temp, folder.resolve(NAME));
    disk.forceDirectory(folder);
  }

  private Json json() {
    Map<String, Json> paths = new LinkedHashMap<>();
    outputs.forEach(
        (path, files) -> {
          List<Json> entries = new ArrayList<>();
          for (Entry file : files) {
            Map<String, Json> entry = new LinkedHashMap<>();
            entry.put("name", Json.ofText(file.name()));
            entry.put("bytes", Json.ofNumber(file.bytes()));
            entry.put("rows", Json.ofNumber(file.rows()));
            entries.add(Json.object(entry));
          }
          paths.put(path, Json.list(entries));
        });
    Map<String, Json> all = new LinkedHashMap<>();
    all.put("version", Json.ofNumber(1L));
    all.put(OUTPUTS, Json.object(paths));
    return Json.object(all);
  }
}
