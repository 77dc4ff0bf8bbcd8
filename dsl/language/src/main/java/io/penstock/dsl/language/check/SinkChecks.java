package io.penstock.dsl.language.check;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkUse;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Delivery;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.bind.BoundDeadLetter;
import io.penstock.dsl.language.bind.BoundSink;
import io.penstock.dsl.language.bind.StepHead;
import io.penstock.dsl.language.transform.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns sinks into what is written. */
final class SinkChecks {
  private final FormatFinder formats;
  private final boolean scheduled;
  private final SinkUses uses;
  private final Problems problems;

  /**
   * Checks of sinks.
   *
   * @param scheduled whether the pipeline runs batches, so that there are slots
   * @param uses how the run is going to use them
   */
  SinkChecks(FormatFinder formats, boolean scheduled, SinkUses uses, Problems problems) {
    this.formats = formats;
    this.scheduled = scheduled;
    this.uses = uses;
    this.problems = problems;
  }

  /**
   * What is written; empty where something is wrong.
   *
   * @param straight the format of the source without a schema that the sink reads straight from
   */
  Optional<Operation> check(BoundSink sink, StepContext context, Optional<FormatConfig> straight) {
    StepHead head = sink.head();
    SinkConfig config = sink.config();
    Origin at = head.origins().value("path");
    Optional<FormatConfig> format = format(config, at);
    boolean whole = format.isPresent() || !config.needsFormat();
    Map<Template, List<Expression>> templates = new LinkedHashMap<>();
    SlotNames slots = new SlotNames(scheduled, problems);
    List<Template> all = new ArrayList<>(config.templates());
    format.flatMap(FormatConfig::line).ifPresent(all::add);
    for (Template template : all) {
      List<Expression> values = new ArrayList<>();
      for (ExpressionText text : template.expressions()) {
        slots
            .of(text, context.rows())
            .filter(
                e -> config.type(template).map(t -> context.check(e, t).isPresent()).orElse(true))
            .flatMap(e -> context.text(e, config.isRaw(template)))
            .ifPresent(values::add);
      }
      whole &= values.size() == template.expressions().size();
      templates.put(template, values);
    }
    whole &= format.isEmpty() || takes(head, format.get(), context, straight);
    whole &= takesChanges(sink, format, context) && isWhole(head, format);
    Origin place = head.origins().value("format");
    whole &= ChangeKeys.check(format, context.rows().schema(), place, problems);
    whole &= goes(config, uses.of(sink), format, head);
    Optional<Delivery> floor = sink.keys().delivery().map(RunBlock::floor).map(Placed::value);
    return whole
        ? Optional.of(new Operation.Write(config, format, templates, floor))
        : Optional.empty();
  }

  /** The format of a sink that writes bytes. */
  Optional<FormatConfig> format(SinkConfig config, Origin at) {
    return config.needsFormat()
        ? formats.find(config.format(), config.formatName(), at, false)
        : Optional.empty();
  }

  /** Whether the sink of dead letters can be used as the run is going to. */
  boolean letters(BoundDeadLetter letters, Optional<FormatConfig> format) {
    return goes(letters.sink(), uses.ofDeadLetters(), format, letters.head());
  }

  /** Whether the options of a sink go together with its use; what does not is reported. */
  private boolean goes(
      SinkConfig config, SinkUse use, Optional<FormatConfig> format, StepHead head) {
    List<ProblemCode> errors = new ArrayList<>();
    config.check(
        use,
        format,
        (code, option, message, hint) -> {
          problems.add(code, head.origins().key(option), message, hint);
          if (!code.name().startsWith("W")) {
            errors.add(code);
          }
        });
    format.ifPresent(
        written ->
            written.checkWritten(
                config.destination(),
                (code, option, message, hint) -> {
                  problems.add(code, head.origins().value("format"), message, hint);
                  errors.add(code);
                }));
    return errors.isEmpty();
  }

  /** Reports a line's template of dead letters, which have a form of their own. */
  void lineOfLetters(Template line, Origin at) {
    formats.line(line, at, "is for dead letters", "write `format: json`");
  }

  /** A sink writes whole rows, so nothing is remembered for it. */
  private boolean isWhole(StepHead head, Optional<FormatConfig> format) {
    if (Remembered.key(format).isEmpty()) {
      return true;
    }
    problems.add(
        ProblemCode.E110,
        head.origins().value("format"),
        "`before: remembered` is for sources, and a sink writes whole rows",
        "leave `before` out");
    return false;
  }

  /** Whether the sink, or what it writes, takes changes where its rows are some. */
  private boolean takesChanges(BoundSink sink, Optional<FormatConfig> format, StepContext context) {
    boolean written =
        format
            .filter(f -> f.line().isEmpty())
            .map(f -> f.format().traits().changes().isPresent())
            .orElse(false);
    if (!context.rows().beside().changes()
        || written
        || sink.config().traits(uses.of(sink)).takesChanges()) {
      return true;
    }
    problems.add(
        ProblemCode.E215,
        sink.head().origin(),
        "`"
            + sink.head().name()
            + "` writes rows that stay, and these are changes that take rows away",
        "write to a sink or in a format that takes changes, or let the step above `emit: final`");
    return false;
  }

  private boolean takes(
      StepHead head, FormatConfig format, StepContext context, Optional<FormatConfig> straight) {
    boolean needs = format.format().traits().needsSchema();
    if (!needs
        || format.line().isPresent()
        || !context.rows().known()
        || !context.rows().schema().open()) {
      return true;
    }
    if (straight.isPresent() && straight.get().getClass() == format.getClass()) {
      return true;
    }
    problems.add(
        ProblemCode.E410,
        head.origin(),
        "`"
            + head.name()
            + "` writes "
            + formats.name(format)
            + ", which wants named fields, and those of its rows are not known",
        "put a `select` of the fields above it, or give the source a `schema`");
    return false;
  }
}
