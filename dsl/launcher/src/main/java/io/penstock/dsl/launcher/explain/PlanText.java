package io.penstock.dsl.launcher.explain;

import io.penstock.api.format.FormatTraits;
import io.penstock.core.logical.ChangeStreams;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A logical plan as text, as a document, as a Mermaid graph. */
public final class PlanText {
  private PlanText() {}

  /** Two lines for each step: what it does, the fields that come out. */
  public static String of(LogicalPlan plan) {
    StringBuilder text = new StringBuilder(plan.name()).append('\n');
    for (Table table : plan.tables().values()) {
      text.append("  table ")
          .append(table.name())
          .append(" (")
          .append(table.origin())
          .append(")  ");
      text.append(read(table)).append(", key ").append(String.join(", ", table.key()));
      table.refresh().ifPresent(refresh -> text.append(refreshed(refresh)));
      text.append("\n    ").append(table.schema()).append('\n');
    }
    ChangeStreams changes = new ChangeStreams(plan.nodes());
    for (LogicalNode node : plan.nodes()) {
      text.append("  ").append(section(node)).append(' ').append(node.step());
      text.append(" (").append(node.origin()).append(')');
      if (!node.inputs().isEmpty()) {
        text.append(" <- ").append(String.join(", ", inputs(node)));
      }
      text.append("\n    ").append(OperationText.of(node.operation()));
      text.append("\n    ").append(node.schema());
      changes.key(node).ifPresent(key -> text.append("\n    ").append(words(key)));
      text.append("\n    on error: ").append(word(node.onError())).append('\n');
    }
    plan.deadLetter()
        .ifPresent(
            dead ->
                text.append("  dead letters (")
                    .append(dead.origin())
                    .append(")\n    write ")
                    .append(OperationText.component(dead.sink()))
                    .append('\n'));
    return text.toString();
  }

  /** The same as a document. */
  public static Map<String, Object> document(LogicalPlan plan) {
    List<Object> tables = new ArrayList<>();
    for (Table table : plan.tables().values()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("table", table.name());
      document.put("at", table.origin().toString());
      document.put("operation", read(table));
      document.put("key", table.key());
      table.refresh().ifPresent(refresh -> refreshed(refresh, document));
      document.put("fields", SchemaDocument.fields(table.schema()));
      tables.add(document);
    }
    List<Object> steps = new ArrayList<>();
    ChangeStreams changes = new ChangeStreams(plan.nodes());
    for (LogicalNode node : plan.nodes()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("step", node.step());
      document.put("section", word(node.section()));
      document.put("at", node.origin().toString());
      document.put("from", inputs(node));
      document.put("operation", OperationText.of(node.operation()));
      document.put("on_error", word(node.onError()));
      document.put("fields", SchemaDocument.fields(node.schema()));
      document.put("open", node.schema().open());
      changes.key(node).ifPresent(key -> document.put("changes_by", key.fields()));
      steps.add(document);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("pipeline", plan.name());
    document.put("tables", tables);
    document.put("steps", steps);
    return document;
  }

  /** The graph of steps. */
  public static String mermaid(LogicalPlan plan) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (LogicalNode node : plan.nodes()) {
      text.append("  ").append(id(node.section(), node.step()));
      text.append(node.inputs().isEmpty() ? "([\"" : "[\"").append(node.step());
      text.append("<br/>").append(escaped(OperationText.of(node.operation())));
      text.append(node.inputs().isEmpty() ? "\"])\n" : "\"]\n");
    }
    for (LogicalNode node : plan.nodes()) {
      for (LogicalNode.Input input : node.inputs()) {
        text.append("  ").append(id(input.section(), input.step())).append(" --");
        text.append(input.output().isEmpty() ? ">" : " " + input.output() + " -->").append(' ');
        text.append(id(node.section(), node.step())).append('\n');
      }
    }
    return text.toString();
  }

  private static String words(FormatTraits.Key key) {
    return key.fields().isEmpty() ? "changes" : "changes by " + String.join(", ", key.fields());
  }

  private static String id(LogicalNode.Section section, String step) {
    return word(section) + "_" + step;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", " ");
  }

  private static String read(Table table) {
    return table.read().map(OperationText::of).orElse("rows of the file");
  }

  private static String refreshed(Table.Refresh refresh) {
    return ", refreshed every "
        + LengthText.of(refresh.every())
        + refresh
            .staleAfter()
            .map(stale -> ", stale after " + LengthText.of(stale.age()))
            .orElse("");
  }

  private static void refreshed(Table.Refresh refresh, Map<String, Object> document) {
    document.put("refresh", LengthText.of(refresh.every()));
    refresh
        .staleAfter()
        .ifPresent(stale -> document.put("stale_after", LengthText.of(stale.age())));
  }

  private static List<String> inputs(LogicalNode node) {
    List<String> inputs = new ArrayList<>();
    for (LogicalNode.Input input : node.inputs()) {
      inputs.add(input.toString());
    }
    return inputs;
  }

  private static String section(LogicalNode node) {
    return switch (node.section()) {
      case SOURCES -> "source";
      case TRANSFORMS -> "transform";
      case SINKS -> "sink";
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
