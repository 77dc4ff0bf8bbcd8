package io.penstock.dsl.launcher.trace;

import io.penstock.core.physical.StepKey;
import io.penstock.dsl.launcher.explain.OperationText;
import io.penstock.dsl.launcher.trace.Trace.Change;
import io.penstock.dsl.launcher.trace.Trace.Failed;
import io.penstock.dsl.launcher.trace.Trace.Step;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A trace as a document of maps, lists, texts, numbers and booleans. */
public final class TraceDocument {
  private TraceDocument() {}

  /** The document of a trace. */
  public static Map<String, Object> of(Trace trace) {
    TracedRecord record = trace.record();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("source", record.source());
    document.put("record", record.number());
    document.put("split", record.split());
    document.put("position", record.position());
    record.line().ifPresent(line -> document.put("line", line));
    record.raw().ifPresent(raw -> bytes("raw", raw, document));
    document.put("steps", trace.steps().stream().map(TraceDocument::step).toList());
    document.put(
        "not_reached", trace.notReached().stream().map(n -> StepKey.of(n).shown()).toList());
    document.put("notes", trace.notes());
    return document;
  }

  private static Map<String, Object> step(Step step) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("step", StepKey.of(step.node()).shown());
    document.put("does", OperationText.of(step.node().operation()));
    document.put("in", plain(step.in()));
    List<Object> outputs = new ArrayList<>();
    step.outputs().keySet().forEach(output -> output(step, output, outputs));
    document.put("outputs", outputs);
    if (!step.links().isEmpty()) {
      document.put("parts", step.links().stream().map(TraceDocument::plain).toList());
    }
    document.put("failed", step.failures().stream().map(TraceDocument::failed).toList());
    document.put("written", step.written().stream().map(TraceDocument::written).toList());
    document.put("left", step.isEnd() ? Leaving.of(step.node().operation()) : "");
    return document;
  }

  private static void output(Step step, String output, List<Object> outputs) {
    Change change = java.util.Objects.requireNonNull(step.outputs().get(output));
    if (!change.isNone()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("output", output);
      document.put("read", !step.unread().contains(output));
      document.put("rows", plain(change.added()));
      document.put("gone", plain(change.removed()));
      outputs.add(document);
    }
  }

  private static Map<String, Object> failed(Failed failed) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("code", failed.code());
    document.put("message", failed.message());
    document.put("at", failed.at());
    document.put("values", failed.values());
    document.put("then", failed.then().name().toLowerCase(Locale.ROOT));
    failed.letter().ifPresent(letter -> document.put("dead_letter", written(letter)));
    return document;
  }

  private static Map<String, Object> written(Probe.Seen seen) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("into", seen.targets());
    document.put("row", plain(seen.row()));
    seen.bytes().ifPresent(bytes -> bytes("bytes", bytes, document));
    return document;
  }

  /** Bytes that are text as it is, others in base64. */
  private static void bytes(String name, byte[] bytes, Map<String, Object> document) {
    Optional<String> text = ByteText.text(bytes);
    document.put(name, text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes)));
    document.put(name + "_encoding", text.isPresent() ? "utf-8" : "base64");
  }

  private static List<Object> plain(List<Json> rows) {
    return rows.stream().map(TraceDocument::plain).toList();
  }

  private static Object plain(Json value) {
    return switch (value.kind()) {
      case NULL -> Optional.empty();
      case BOOLEAN -> value.asBoolean().orElseThrow();
      case NUMBER -> value.asDecimal().orElseThrow();
      case TEXT -> value.asText().orElseThrow();
      case LIST -> plain(value.elements());
      case OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        value.members().forEach((name, member) -> members.put(name, plain(member)));
        yield members;
      }
    };
  }
}
