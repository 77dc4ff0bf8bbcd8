package io.penstock.core.upgrade;

import com.google.common.hash.Hashing;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Matter;
import io.penstock.core.logical.DeadLetter;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Input;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import io.penstock.core.operator.RowJson;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a pipeline means, apart from how its file is written and how it is run: made of the plan as
 * checked, before any optimiser. It is kept in each checkpoint, so that a later start can tell what
 * was edited.
 *
 * @param pipeline its name
 * @param steps in the order of section and name
 * @param tables what each table holds, as canonical text, by name
 */
public record PlanPrint(String pipeline, List<StepPrint> steps, Map<String, String> tables) {
  /** The name of the sink of dead letters. */
  public static final String DEAD_LETTER = "dead_letter";

  private static final int SHOWN = 12;

  public PlanPrint {
    steps = List.copyOf(steps);
    tables = java.util.Collections.unmodifiableMap(new TreeMap<>(tables));
  }

  /** The print of a plan. */
  public static PlanPrint of(LogicalPlan plan) {
    Map<String, Schema> outputs = new HashMap<>();
    plan.nodes().forEach(node -> outputs.put(node.section() + " " + node.step(), node.schema()));
    List<StepPrint> steps = new ArrayList<>();
    for (LogicalNode node : plan.nodes()) {
      Schema input =
          node.inputs().isEmpty()
              ? Schema.of()
              : outputs.getOrDefault(
                  node.inputs().get(0).section() + " " + node.inputs().get(0).step(), Schema.of());
      if (!node.inputs().isEmpty() && node.inputs().get(0).output().equals("failed")) {
        input = node.schema();
      }
      steps.add(step(node, input));
    }
    plan.deadLetter().ifPresent(letters -> steps.add(letters(letters)));
    steps.sort(java.util.Comparator.comparing(StepPrint::section).thenComparing(StepPrint::step));
    Map<String, String> tables = new TreeMap<>();
    plan.tables().forEach((name, table) -> tables.put(name, table(table)));
    return new PlanPrint(plan.name(), steps, tables);
  }

  private static StepPrint step(LogicalNode node, Schema input) {
    return new StepPrint(
        node.section(),
        node.step(),
        OperationPrint.kind(node.operation()),
        node.previously(),
        node.inputs().stream().map(PlanPrint::input).toList(),
        OperationPrint.of(node.operation()),
        place(node.operation()),
        node.schema(),
        Words.of(node.onError()),
        StateShape.of(node, input));
  }

  private static String input(Input input) {
    return (input.section() == Section.SINKS ? "sinks." : "") + input;
  }

  private static String place(Operation operation) {
    if (operation instanceof Operation.Read read) {
      return new OptionPrint(Matter.PLACE, Map.of()).of(read.source());
    }
    if (operation instanceof Operation.Write write) {
      return new OptionPrint(Matter.PLACE, write.templates()).of(write.sink());
    }
    return "";
  }

  private static StepPrint letters(DeadLetter letters) {
    Operation.Write write =
        new Operation.Write(letters.sink(), letters.format(), Map.of(), Optional.empty());
    return new StepPrint(
        Section.SINKS,
        DEAD_LETTER,
        "write",
        Optional.empty(),
        List.of(),
        OperationPrint.of(write),
        place(write),
        Schema.of(),
        "fail",
        Optional.empty());
  }

  private static String table(Table table) {
    String key = " key " + Words.list(table.key().stream().map(Words::name).toList());
    if (table.read().isPresent()) {
      Operation.Read read = table.read().get();
      String again = table.refresh().map(PlanPrint::refresh).orElse("");
      return OperationPrint.of(read)
          + " at "
          + place(read)
          + " gives "
          + table.schema()
          + key
          + again;
    }
    StringBuilder rows = new StringBuilder();
    table
        .rows()
        .ifPresent(
            batch -> {
              for (int row = 0; row < batch.size(); row++) {
                rows.append(RowJson.of(batch, row).toText()).append('\n');
              }
            });
    return "rows " + table.schema() + " " + hash(rows.toString()) + key;
  }

  private static String refresh(Table.Refresh refresh) {
    return " refresh "
        + refresh.every()
        + refresh.staleAfter().map(stale -> " stale after " + stale.age()).orElse("");
  }

  /** A step; empty where there is none of that name in the section. */
  public Optional<StepPrint> step(Section section, String name) {
    return steps.stream()
        .filter(step -> step.section() == section && step.step().equals(name))
        .findFirst();
  }

  /**
   * The step of an earlier version that a step was: of its own name, or of the one that it names as
   * its former.
   */
  public Optional<StepPrint> former(PlanPrint earlier, StepPrint step) {
    return earlier
        .step(step.section(), step.step())
        .or(
            () ->
                step.previously()
                    .filter(name -> step(step.section(), name).isEmpty())
                    .flatMap(name -> earlier.step(step.section(), name)));
  }

  /** The steps of a section. */
  public List<StepPrint> steps(Section section) {
    return steps.stream().filter(step -> step.section() == section).toList();
  }

  /** The canonical text: the same for pipelines that mean the same. */
  public String text() {
    StringBuilder text = new StringBuilder("pipeline ").append(pipeline).append('\n');
    tables.forEach(
        (name, table) ->
            text.append("table ").append(name).append("\n  ").append(table).append('\n'));
    for (StepPrint step : steps) {
      text.append(Words.of(step.section())).append(' ').append(step.step()).append('\n');
      text.append(step.text());
    }
    return text.toString();
  }

  /** Of the canonical text. */
  public String hash() {
    return hash(text());
  }

  /** The first digits of a hash, enough for people to tell two apart. */
  public static String hash(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString().substring(0, SHOWN);
  }

  /** As a block of bytes with the number of its format. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateOutput to = new StateOutput(bytes::write);
    try {
      PrintCodec.write(this, to);
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #bytes} has made, in this version or an earlier one.
   *
   * @throws io.penstock.core.state.DamagedException where they are other bytes, or of a later
   *     version
   */
  public static PlanPrint read(byte[] bytes) throws IOException {
    return PrintCodec.read(StateInput.of(bytes));
  }
}
