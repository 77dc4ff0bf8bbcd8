package io.penstock.dsl.launcher.display;

import io.penstock.core.delivery.Paths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sink gives of the rows of some sources.
 *
 * @param guarantee in words
 */
public record Promise(String sink, List<String> sources, String guarantee) {
  public Promise {
    sources = List.copyOf(sources);
  }

  /** Paths to the same sink with the same guarantee are one promise. */
  public static List<Promise> of(List<Paths.Path> paths) {
    Map<List<String>, List<String>> sources = new LinkedHashMap<>();
    for (Paths.Path path : paths) {
      sources
          .computeIfAbsent(
              List.of(path.sink().step(), path.guarantee().words()), key -> new ArrayList<>())
          .add(path.source().step());
    }
    List<Promise> promises = new ArrayList<>();
    sources.forEach((key, names) -> promises.add(new Promise(key.get(0), names, key.get(1))));
    return List.copyOf(promises);
  }

  @Override
  public String toString() {
    return sink + " <- " + String.join(", ", sources) + ": " + guarantee;
  }
}
