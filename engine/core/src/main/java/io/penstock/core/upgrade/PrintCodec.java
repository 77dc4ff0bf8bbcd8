package io.penstock.core.upgrade;

import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.SchemaCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prints of plans as bytes. */
final class PrintCodec {
  /** The format that is written. Every later version must read it. */
  static final int FORMAT = 1;

  private static final int MOST = 100_000;

  private PrintCodec() {}

  private interface Writes<T> {
    void write(T value, StateOutput to) throws IOException;
  }

  private interface Reads<T> {
    T read(StateInput from) throws IOException;
  }

  static void write(PlanPrint print, StateOutput to) throws IOException {
    to.number(FORMAT);
    to.text(print.pipeline());
    list(print.steps(), PrintCodec::step, to);
    to.number(print.tables().size());
    for (Map.Entry<String, String> table : print.tables().entrySet()) {
      to.text(table.getKey());
      to.text(table.getValue());
    }
  }

  static PlanPrint read(StateInput from) throws IOException {
    long format = from.number();
    if (format != FORMAT) {
      throw new DamagedException(
          "the print of the pipeline has format " + format + ", this version knows " + FORMAT);
    }
    String pipeline = from.text();
    List<StepPrint> steps = list(from, PrintCodec::step);
    Map<String, String> tables = new TreeMap<>();
    for (int i = from.count(MOST); i > 0; i--) {
      tables.put(from.text(), from.text());
    }
    if (!from.atEnd()) {
      throw new DamagedException("the print of the pipeline has bytes behind its end");
    }
    return new PlanPrint(pipeline, steps, tables);
  }

  private static void step(StepPrint step, StateOutput to) throws IOException {
    to.number(step.section().ordinal());
    to.text(step.step());
    to.text(step.kind());
    optional(step.previously(), (text, out) -> out.text(text), to);
    list(step.from(), (text, out) -> out.text(text), to);
    to.text(step.meaning());
    to.text(step.place());
    SchemaCodec.write(step.schema(), to);
    to.text(step.onError());
    optional(step.state(), PrintCodec::state, to);
  }

  private static StepPrint step(StateInput from) throws IOException {
    Section[] sections = Section.values();
    return new StepPrint(
        sections[from.count(sections.length - 1)],
        from.text(),
        from.text(),
        optional(from, StateInput::text),
        list(from, StateInput::text),
        from.text(),
        from.text(),
        SchemaCodec.read(from),
        from.text(),
        optional(from, PrintCodec::state));
  }

  private static void state(StateShape state, StateOutput to) throws IOException {
    to.text(state.kind());
    list(state.parts(), PrintCodec::part, to);
    optional(state.rows(), SchemaCodec::write, to);
  }

  private static StateShape state(StateInput from) throws IOException {
    return new StateShape(
        from.text(), list(from, PrintCodec::part), optional(from, SchemaCodec::read));
  }

  private static void part(StateShape.Part part, StateOutput to) throws IOException {
    to.text(part.name());
    to.text(part.meaning());
    list(part.types(), SchemaCodec::write, to);
  }

  private static StateShape.Part part(StateInput from) throws IOException {
    return new StateShape.Part(from.text(), from.text(), list(from, SchemaCodec::readType));
  }

  private static <T> void list(List<T> values, Writes<T> each, StateOutput to) throws IOException {
    to.number(values.size());
    for (T value : values) {
      each.write(value, to);
    }
  }

  private static <T> List<T> list(StateInput from, Reads<T> each) throws IOException {
    List<T> values = new ArrayList<>();
    for (int i = from.count(MOST); i > 0; i--) {
      values.add(each.read(from));
    }
    return values;
  }

  private static <T> void optional(Optional<T> value, Writes<T> each, StateOutput to)
      throws IOException {
    to.flag(value.isPresent());
    if (value.isPresent()) {
      each.write(value.get(), to);
    }
  }

  private static <T> Optional<T> optional(StateInput from, Reads<T> each) throws IOException {
    return from.flag() ? Optional.of(each.read(from)) : Optional.empty();
  }
}
