package io.penstock.dsl.launcher.change;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.upgrade.PlanPrint;
import io.penstock.core.upgrade.StepPrint;
import io.penstock.core.upgrade.Upgrade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What differs between two versions of a pipeline.
 *
 * @param steps what they do
 * @param fields the rows that they give
 * @param guarantees of each sink, where it is another
 * @param upgrade what becomes of the state of a run of the earlier version
 */
public record PlanDifference(
    List<Step> steps, List<Fields> fields, List<Guarantee> guarantees, Upgrade upgrade) {
  /** A version: what it means, and the guarantee of each sink in words. */
  public record Version(PlanPrint print, Map<String, String> guarantees) {}

  /** A step, or a table, that is new, gone or does something else. */
  public record Step(String step, Optional<Meaning> before, Optional<Meaning> now) {
    /** One word for what happened. */
    String change() {
      return before.isEmpty() ? "added" : now.isEmpty() ? "removed" : "changed";
    }
  }

  /**
   * What a step means.
   *
   * @param parts canonical texts by what they say
   */
  public record Meaning(String hash, Map<String, String> parts) {}

  /** The fields of a step's rows that are new, gone or of another type: each with its sign. */
  public record Fields(String step, List<String> changes) {}

  /** The guarantee of a sink. */
  public record Guarantee(String sink, String before, String now) {}

  /** Compares two versions. */
  public static PlanDifference of(Version earlier, Version now, Upgrade upgrade) {
    List<Step> steps = new ArrayList<>();
    List<Fields> fields = new ArrayList<>();
    tables(earlier.print(), now.print(), steps);
    for (Section section : Section.values()) {
      TreeSet<String> names = new TreeSet<>();
      earlier.print().steps(section).forEach(step -> names.add(step.step()));
      Map<String, StepPrint> formers = new HashMap<>();
      for (StepPrint step : now.print().steps(section)) {
        names.add(step.step());
        now.print()
            .former(earlier.print(), step)
            .ifPresent(former -> formers.put(step.step(), former));
      }
      formers.forEach((name, former) -> names.removeIf(n -> moved(n, name, former)));
      for (String name : names) {
        Optional<StepPrint> after = now.print().step(section, name);
        Optional<StepPrint> before =
            after.isPresent()
                ? Optional.ofNullable(formers.get(name))
                : earlier.print().step(section, name);
        String was = before.map(StepPrint::step).orElse(name);
        String shown = word(section) + " " + (was.equals(name) ? name : was + " => " + name);
        step(shown, before, after).ifPresent(steps::add);
        if (before.isPresent() && after.isPresent()) {
          fields(shown, before.get().schema(), after.get().schema()).ifPresent(fields::add);
        }
      }
    }
    return new PlanDifference(steps, fields, guarantees(earlier, now), upgrade);
  }

  private static boolean moved(String old, String name, StepPrint former) {
    return !old.equals(name) && old.equals(former.step());
  }

  /** Whether both mean the same. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  private static void tables(PlanPrint earlier, PlanPrint now, List<Step> into) {
    TreeSet<String> names = new TreeSet<>(earlier.tables().keySet());
    names.addAll(now.tables().keySet());
    for (String name : names) {
      Optional<Meaning> before = table(earlier, name);
      Optional<Meaning> after = table(now, name);
      if (!before.equals(after)) {
        into.add(new Step("table " + name, before, after));
      }
    }
  }

  private static Optional<Meaning> table(PlanPrint print, String name) {
    return Optional.ofNullable(print.tables().get(name))
        .map(text -> new Meaning(PlanPrint.hash(text), Map.of("does", text)));
  }

  private static Optional<Step> step(
      String name, Optional<StepPrint> before, Optional<StepPrint> now) {
    boolean same =
        before.map(StepPrint::step).equals(now.map(StepPrint::step))
            && before.map(StepPrint::hash).equals(now.map(StepPrint::hash));
    return same
        ? Optional.empty()
        : Optional.of(
            new Step(name, before.map(PlanDifference::meaning), now.map(PlanDifference::meaning)));
  }

  private static Meaning meaning(StepPrint step) {
    return new Meaning(step.hash(), step.parts());
  }

  private static Optional<Fields> fields(String step, Schema before, Schema now) {
    List<String> changes = new ArrayList<>();
    for (Field field : before.fields()) {
      Optional<Field> after = now.field(field.name());
      if (after.isEmpty()) {
        changes.add("- " + field);
      } else if (!after.get().equals(field)) {
        changes.add("~ " + field + " -> " + after.get().type());
      }
    }
    for (Field field : now.fields()) {
      if (before.field(field.name()).isEmpty()) {
        changes.add("+ " + field);
      }
    }
    if (before.open() != now.open()) {
      changes.add(now.open() ? "+ any other field" : "- any other field");
    } else if (changes.isEmpty() && !before.equals(now)) {
      changes.add(
          "~ order " + String.join(", ", before.names()) + " -> " + String.join(", ", now.names()));
    }
    return changes.isEmpty() ? Optional.empty() : Optional.of(new Fields(step, changes));
  }

  private static List<Guarantee> guarantees(Version earlier, Version now) {
    List<Guarantee> changed = new ArrayList<>();
    for (Map.Entry<String, String> before : earlier.guarantees().entrySet()) {
      String after = now.guarantees().getOrDefault(before.getKey(), before.getValue());
      if (!after.equals(before.getValue())) {
        changed.add(new Guarantee(before.getKey(), before.getValue(), after));
      }
    }
    return changed;
  }

  /** A section in the singular. */
  static String word(Section section) {
    String plural = section.name().toLowerCase(Locale.ROOT);
    return plural.substring(0, plural.length() - 1);
  }
}
