package io.penstock.dsl.launcher.change;

import io.penstock.core.upgrade.Outcome;
import io.penstock.core.upgrade.Upgrade;
import io.penstock.dsl.launcher.problems.ProblemDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Differences of pipelines for people and for programs. */
public final class DifferenceText {
  private DifferenceText() {}

  /** As text, a block for each kind of difference. */
  public static String of(PlanDifference difference) {
    StringBuilder text = new StringBuilder();
    if (difference.isEmpty()) {
      text.append("nothing changes in meaning\n");
    } else {
      text.append("steps\n");
      difference.steps().forEach(step -> step(step, text));
    }
    if (!difference.fields().isEmpty()) {
      text.append("fields\n");
      for (PlanDifference.Fields fields : difference.fields()) {
        text.append("  ").append(fields.step()).append('\n');
        fields.changes().forEach(change -> text.append("    ").append(change).append('\n'));
      }
    }
    if (!difference.guarantees().isEmpty()) {
      text.append("guarantee\n");
      for (PlanDifference.Guarantee guarantee : difference.guarantees()) {
        text.append("  sink ").append(guarantee.sink()).append('\n');
        text.append("    was ").append(guarantee.before()).append('\n');
        text.append("    is  ").append(guarantee.now()).append('\n');
      }
    }
    return text.append(state(difference.upgrade())).toString();
  }

  private static void step(PlanDifference.Step step, StringBuilder text) {
    String sign = step.before().isEmpty() ? "+" : step.now().isEmpty() ? "-" : "~";
    text.append("  ").append(sign).append(' ').append(step.step());
    step.before().ifPresent(before -> text.append("  ").append(before.hash()));
    text.append(step.before().isPresent() && step.now().isPresent() ? " -> " : "");
    text.append(step.before().isEmpty() ? "  " : "");
    step.now().ifPresent(now -> text.append(now.hash()));
    text.append('\n');
    if (step.before().isEmpty() || step.now().isEmpty()) {
      PlanDifference.Meaning only = step.now().or(step::before).orElseThrow();
      only.parts().forEach((name, part) -> line(name, part, text));
      return;
    }
    Map<String, String> before = step.before().get().parts();
    Map<String, String> now = step.now().get().parts();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String was = before.getOrDefault(name, "nothing");
      String is = now.getOrDefault(name, "nothing");
      // Its fields stand in a block of their own.
      if (!was.equals(is) && !name.equals("gives")) {
        line(name + " was", was, text);
        line(name + " is ", is, text);
      }
    }
  }

  private static void line(String name, String part, StringBuilder text) {
    text.append("      ").append(name).append(' ').append(part).append('\n');
  }

  /** What becomes of the state, a line for each step that keeps something. */
  public static String state(Upgrade upgrade) {
    StringBuilder text = new StringBuilder("state\n");
    for (Outcome outcome : upgrade.outcomes()) {
      text.append("  ").append(PlanDifference.word(outcome.section())).append(' ');
      text.append(outcome.step()).append(": ").append(word(outcome));
      if (!outcome.former().equals(outcome.step())) {
        text.append(" from `").append(outcome.former()).append('`');
      }
      text.append(outcome.why().isEmpty() ? "" : ", " + outcome.why()).append('\n');
    }
    return text.toString();
  }

  private static String word(Outcome outcome) {
    return outcome.fate().name().toLowerCase(Locale.ROOT);
  }

  /** As a document. */
  public static Map<String, Object> document(PlanDifference difference) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("same", difference.isEmpty());
    List<Object> steps = new ArrayList<>();
    for (PlanDifference.Step step : difference.steps()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("step", step.step());
      entry.put("change", step.change());
      entry.putAll(meaning("before", step.before()));
      entry.putAll(meaning("now", step.now()));
      steps.add(entry);
    }
    document.put("steps", steps);
    List<Object> fields = new ArrayList<>();
    for (PlanDifference.Fields changed : difference.fields()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("step", changed.step());
      entry.put("changes", changed.changes());
      fields.add(entry);
    }
    document.put("fields", fields);
    List<Object> guarantees = new ArrayList<>();
    for (PlanDifference.Guarantee guarantee : difference.guarantees()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("sink", guarantee.sink());
      entry.put("before", guarantee.before());
      entry.put("now", guarantee.now());
      guarantees.add(entry);
    }
    document.put("guarantees", guarantees);
    document.putAll(stateDocument(difference.upgrade()));
    return document;
  }

  /** What becomes of the state, as a document. */
  public static Map<String, Object> stateDocument(Upgrade upgrade) {
    Map<String, Object> document = new LinkedHashMap<>();
    List<Object> state = new ArrayList<>();
    for (Outcome outcome : upgrade.outcomes()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("section", PlanDifference.word(outcome.section()));
      entry.put("step", outcome.step());
      entry.put("former", outcome.former());
      entry.put("fate", word(outcome));
      entry.put("why", outcome.why());
      state.add(entry);
    }
    document.put("state", state);
    document.put("goes_on", upgrade.isAllowed());
    document.put("problems", upgrade.problems().stream().map(ProblemDocument::of).toList());
    return document;
  }

  private static Map<String, Object> meaning(
      String name, Optional<PlanDifference.Meaning> meaning) {
    Map<String, Object> entry = new LinkedHashMap<>();
    if (meaning.isPresent()) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("hash", meaning.get().hash());
      parts.putAll(meaning.get().parts());
      entry.put(name, parts);
    }
    return entry;
  }
}
