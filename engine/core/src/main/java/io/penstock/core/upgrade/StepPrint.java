package io.penstock.core.upgrade;

import io.penstock.api.data.Schema;
import io.penstock.core.logical.LogicalNode.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a step is, apart from its place in the file.
 *
 * @param step its name
 * @param kind one word for what it does
 * @param previously its former name
 * @param from what it reads
 * @param meaning what it does, as canonical text
 * @param place where a source reads or a sink writes; empty for transforms
 * @param schema the rows of its main output; a sink's: the rows that it takes
 * @param onError what happens to rows for which it fails
 * @param state what it keeps
 */
public record StepPrint(
    Section section,
    String step,
    String kind,
    Optional<String> previously,
    List<String> from,
    String meaning,
    String place,
    Schema schema,
    String onError,
    Optional<StateShape> state) {
  public StepPrint {
    from = List.copyOf(from);
  }

  /** Everything but the name: canonical texts by what they say. */
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    if (!from.isEmpty()) {
      parts.put("from", Words.list(from));
    }
    parts.put("does", meaning);
    if (!place.isEmpty()) {
      parts.put("at", place);
    }
    parts.put("gives", schema.toString());
    parts.put("on error", onError);
    state.ifPresent(kept -> parts.put("keeps", kept.toString()));
    return parts;
  }

  /** The parts in one text of several lines. */
  String text() {
    StringBuilder text = new StringBuilder();
    parts()
        .forEach(
            (name, part) -> text.append("  ").append(name).append(' ').append(part).append('\n'));
    return text.toString();
  }

  /** Equal where the step does the same to the rows that come in. */
  public String hash() {
    return PlanPrint.hash(text());
  }
}
