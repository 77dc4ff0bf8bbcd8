package io.penstock.dsl.launcher.trace;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.physical.StepKey;
import io.penstock.dsl.launcher.trace.Trace.Change;
import io.penstock.dsl.launcher.trace.Trace.Failed;
import io.penstock.dsl.launcher.trace.Trace.Step;
import io.penstock.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A trace for people. */
public final class TraceText {
  private static final int MOST_ROWS = 10;

  private final StringBuilder text = new StringBuilder();

  private TraceText() {}

  /** The text of a trace. */
  public static String of(Trace trace) {
    TraceText made = new TraceText();
    made.record(trace.record());
    trace.steps().forEach(made::step);
    if (!trace.notReached().isEmpty()) {
      made.line(
          "not reached: "
              + trace.notReached().stream()
                  .map(node -> StepKey.of(node).shown())
                  .collect(Collectors.joining(", ")));
    }
    trace.notes().forEach(note -> made.line("note: " + note));
    return made.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void record(TracedRecord record) {
    StringBuilder where = new StringBuilder("record " + record.number());
    where.append(" of `").append(record.source()).append('`');
    if (record.isPlaced()) {
      where.append(": ").append(record.split().isEmpty() ? "" : record.split() + ", ");
      record.line().ifPresent(number -> where.append("line ").append(number).append(", "));
      where.append(record.raw().isPresent() ? "byte " : "number ").append(record.position());
    }
    line(where.toString());
    record.raw().ifPresent(raw -> ByteText.lines(raw).forEach(shown -> line("  " + shown)));
  }

  private void step(Step step) {
    LogicalNode node = step.node();
    line(StepKey.of(node).shown() + "  " + RowText.does(node.operation()));
    links(step);
    step.outputs().forEach((output, change) -> output(step, output, change));
    few(step.written(), "  ", this::written);
    step.failures().forEach(this::failed);
    if (step.isEnd()) {
      line("  " + Leaving.of(node.operation()));
    }
  }

  private void links(Step step) {
    if (!(step.node().operation() instanceof Operation.Chain chain)) {
      return;
    }
    List<Json> before = step.in();
    for (int i = 0; i < step.links().size() && !before.isEmpty(); i++) {
      Operation.RowOperation operation = chain.links().get(i).operation();
      line("  " + (i + 1) + ". " + RowText.does(operation));
      List<Json> after = step.links().get(i);
      if (after.isEmpty()) {
        line("    " + (step.failures().isEmpty() ? Leaving.of(operation) : "fails here"));
      } else {
        rows(before, after, "    ");
      }
      before = after;
    }
  }

  private void output(Step step, String output, Change change) {
    if (change.isNone()) {
      return;
    }
    String indent = indent(output);
    if (!output.isEmpty()) {
      String end = step.unread().contains(output) ? ", which nobody reads" : "";
      line("  to " + step.node().step() + "." + output + end);
    }
    if (step.node().operation() instanceof Operation.Aggregate aggregate && output.isEmpty()) {
      Groups.lines(aggregate, change).forEach(shown -> line("  " + shown));
    } else if (!change.removed().isEmpty() || isGathered(step)) {
      few(change.removed(), indent, row -> line(indent(output) + "gone: " + RowText.of(row)));
      few(change.added(), indent, row -> line(indent(output) + "new:  " + RowText.of(row)));
    } else if (step.links().isEmpty()) {
      rows(step.in(), change.added(), indent);
    }
  }

  private static String indent(String output) {
    return output.isEmpty() ? "  " : "    ";
  }

  /** Shows the first rows, and how many more there are. */
  private <T> void few(List<T> rows, String indent, Consumer<T> show) {
    rows.stream().limit(MOST_ROWS).forEach(show);
    if (rows.size() > MOST_ROWS) {
      line(indent + "and " + (rows.size() - MOST_ROWS) + " more");
    }
  }

  private static boolean isGathered(Step step) {
    Operation operation = step.node().operation();
    return !(operation instanceof Operation.Read) && !Reach.carries(operation);
  }

  /** What became of rows: of one, its changes; else each as it is. */
  private void rows(List<Json> before, List<Json> after, String indent) {
    if (before.size() == 1 && after.size() == 1) {
      List<String> changes = RowText.changes(before.get(0), after.get(0));
      changes.forEach(change -> line(indent + change));
      if (changes.isEmpty()) {
        line(indent + "unchanged");
      }
      return;
    }
    few(after, indent, row -> line(indent + RowText.of(row)));
  }

  private void written(Probe.Seen row) {
    row.targets().forEach(target -> line("  into " + target));
    if (row.bytes().isPresent()) {
      ByteText.lines(row.bytes().get()).forEach(shown -> line("  " + shown));
    } else {
      line("  " + RowText.of(row.row()));
    }
  }

  private void failed(Failed failed) {
    line("  failed: " + failed.code() + " " + failed.message());
    failed.values().forEach((name, value) -> line("    " + name + " = " + RowText.cut(value)));
    line("    at " + failed.at());
    line("    " + then(failed.then()));
    failed
        .letter()
        .flatMap(Probe.Seen::bytes)
        .ifPresent(bytes -> ByteText.lines(bytes).forEach(shown -> line("    " + shown)));
  }

  private static String then(OnError then) {
    return switch (then) {
      case FAIL -> "the run stops here";
      case SKIP -> "it is skipped and counted";
      case DEAD_LETTER -> "it goes to the dead letters:";
      case OUTPUT -> "it leaves by `failed`";
    };
  }

  /** How groups of rows changed. */
  private static final class Groups {
    private Groups() {}

    static List<String> lines(Operation.Aggregate aggregate, Change change) {
      List<String> lines = new java.util.ArrayList<>();
      for (Json now : change.added()) {
        Map<String, Json> key = key(aggregate, now);
        lines.add("group " + (key.isEmpty() ? "of all rows" : Json.object(key).toText()));
        List<Json> before =
            change.removed().stream().filter(was -> key(aggregate, was).equals(key)).toList();
        List<String> fields =
            RowText.changes(
                before.isEmpty() ? Json.object(Map.of()) : before.get(0).without(key.keySet()),
                now.without(key.keySet()));
        fields.forEach(field -> lines.add("  " + field));
      }
      for (Json was : change.removed()) {
        Map<String, Json> key = key(aggregate, was);
        if (change.added().stream().noneMatch(now -> key(aggregate, now).equals(key))) {
          lines.add("gone: " + RowText.of(was));
        }
      }
      return lines;
    }

    /** What is not computed identifies the group: its fields and its window. */
    private static Map<String, Json> key(Operation.Aggregate aggregate, Json row) {
      Map<String, Json> key = new java.util.LinkedHashMap<>(row.members());
      aggregate.compute().forEach(computed -> key.remove(computed.name()));
      return key;
    }
  }
}
