package io.penstock.core.upgrade;

import io.penstock.api.data.FieldPath;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.api.option.Matter;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.UserFunction;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.EveryNth;
import io.penstock.core.logical.FillGaps;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Over;
import io.penstock.core.logical.Remember;
import io.penstock.core.logical.RunJava;
import io.penstock.core.logical.RunScript;
import io.penstock.core.logical.Throttle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a step does as canonical text: two steps with the same text and the same rows coming in do
 * the same. Where a source reads and a sink writes is not in it.
 */
final class OperationPrint implements Operation.Visitor<String> {
  private OperationPrint() {}

  static String of(Operation operation) {
    return operation.accept(new OperationPrint());
  }

  /** One word for what the step is. */
  static String kind(Operation operation) {
    return Words.snakeCase(operation.getClass().getSimpleName());
  }

  @Override
  public String read(Operation.Read read) {
    String options = new OptionPrint(Matter.CONTENT, Map.of()).of(read.source());
    return "read "
        + options
        + read.format().map(f -> " as " + OptionPrint.format(f, Map.of())).orElse("")
        + (read.computed().isEmpty() ? "" : " decode " + read.decoding().schema())
        + decoding(read.decoding())
        + (read.computed().isEmpty() ? "" : " compute " + ExpressionPrint.named(read.computed()))
        + read.eventTime().map(time -> " time " + time(time)).orElse("");
  }

  private static String decoding(Format.Decoding decoding) {
    List<String> patterns = new ArrayList<>();
    for (Map.Entry<FieldPath, TextTypes.TimePattern> entry :
        decoding.types().patterns().entrySet()) {
      patterns.add(entry.getKey() + ": " + pattern(entry.getValue()));
    }
    patterns.sort(null);
    return " unknown "
        + Words.of(decoding.unknownFields())
        + (patterns.isEmpty() ? "" : " times {" + Words.list(patterns) + "}");
  }

  private static String pattern(TextTypes.TimePattern pattern) {
    if (pattern instanceof TextTypes.Text text) {
      return Words.quoted(text.pattern())
          + text.zone().map(zone -> " " + zone).orElse("")
          + (text.strict() ? " strict" : "");
    }
    return pattern instanceof TextTypes.Epoch epoch ? Words.of(epoch) : pattern.toString();
  }

  private static String time(EventTime time) {
    return ExpressionPrint.of(time.value())
        + time.outOfOrder().map(d -> " out of order " + d).orElse("")
        + time.idleAfter().map(d -> " idle after " + d).orElse("")
        + time.maxAhead().map(d -> " ahead " + d).orElse("")
        + time.maxDrift().map(d -> " drift " + d).orElse("")
        + (time.processing() ? " by the clock" : "")
        + (time.byFile() ? " by file" : "");
  }

  @Override
  public String union(Operation.Union union) {
    return "union";
  }

  @Override
  public String filter(Operation.Filter filter) {
    return "filter " + ExpressionPrint.of(filter.where());
  }

  @Override
  public String project(Operation.Project project) {
    return "project "
        + ExpressionPrint.named(project.fields())
        + project.rest().map(gone -> " rest without " + new TreeSet<>(gone)).orElse("");
  }

  @Override
  public String explode(Operation.Explode explode) {
    return "explode "
        + ExpressionPrint.of(explode.list())
        + " as "
        + Words.name(explode.as())
        + explode.index().map(index -> " index " + Words.name(index)).orElse("")
        + (explode.keepEmpty() ? " keep empty" : "")
        + explode.rest().map(gone -> " rest without " + new TreeSet<>(gone)).orElse("");
  }

  @Override
  public String parse(Operation.Parse parse) {
    return "parse "
        + ExpressionPrint.of(parse.text())
        + " as "
        + OptionPrint.format(parse.format(), Map.of())
        + " decode "
        + parse.decoding().schema()
        + decoding(parse.decoding())
        + parse.into().map(into -> " into " + Words.name(into)).orElse("")
        + " existing "
        + Words.of(parse.existing())
        + (parse.keepMissing() ? " keep missing" : "");
  }

  @Override
  public String script(RunScript script) {
    List<String> functions = new ArrayList<>();
    for (UserFunction function : new TreeMap<>(script.functions()).values()) {
      functions.add(function.name() + function.takes() + " = " + function.is().text().strip());
    }
    return "script "
        + Words.quoted(script.code().text().strip())
        + " reads "
        + ExpressionPrint.named(script.reads())
        + (script.wholeRow() ? " row" : "")
        + " functions "
        + functions
        + " within "
        + script.budget();
  }

  @Override
  public String java(RunJava java) {
    return "java " + Words.quoted(java.code().text().strip());
  }

  @Override
  public String expect(Operation.Expect expect) {
    return "expect "
        + ExpressionPrint.named(expect.rules())
        + expect.atMost().map(share -> " at most " + share).orElse("");
  }

  @Override
  public String lookup(Operation.Lookup lookup) {
    return "lookup "
        + lookup.table()
        + " on "
        + ExpressionPrint.all(lookup.on())
        + taken(lookup.take(), lookup.missing());
  }

  private static String taken(List<Operation.Lookup.Taken> all, Operation.Lookup.Missing missing) {
    List<String> taken = new ArrayList<>();
    all.forEach(take -> taken.add(Words.name(take.name()) + " = " + Words.name(take.from())));
    return " take " + Words.list(taken) + " missing " + Words.of(missing);
  }

  @Override
  public String outsideLookup(Operation.OutsideLookup lookup) {
    return "ask "
        + new OptionPrint(Matter.PLACE, Map.of()).of(lookup.outside())
        + new OptionPrint(Matter.CONTENT, Map.of()).more(lookup.outside())
        + lookup.outside().format().map(f -> " as " + OptionPrint.format(f, Map.of())).orElse("")
        + " by "
        + ExpressionPrint.all(lookup.key())
        + " answer "
        + lookup.answer().schema()
        + decoding(lookup.answer())
        + taken(lookup.take(), lookup.missing());
  }

  @Override
  public String log(Operation.Log log) {
    String message = OptionPrint.template(log.message(), Map.of(log.message(), log.values()));
    return "log " + Words.of(log.level()) + " " + message;
  }

  @Override
  public String setEventTime(Operation.SetEventTime set) {
    return "time " + time(set.eventTime());
  }

  @Override
  public String chain(Operation.Chain chain) {
    return "chain " + links(chain.links());
  }

  private static String links(List<Operation.Link> links) {
    List<String> texts = new ArrayList<>();
    links.forEach(link -> texts.add(of(link.operation())));
    return "[" + String.join("; ", texts) + "]";
  }

  @Override
  public String choose(Operation.Choose choose) {
    List<String> branches = new ArrayList<>();
    for (Operation.Choose.Branch branch : choose.branches()) {
      branches.add(
          "when "
              + ExpressionPrint.optional(branch.when())
              + " "
              + links(branch.links())
              + " then "
              + of(branch.toResult()));
    }
    return "choose [" + String.join("; ", branches) + "]";
  }

  @Override
  public String route(Operation.Route route) {
    return "route " + (route.all() ? "all " : "first ") + ExpressionPrint.named(route.cases());
  }

  @Override
  public String limit(Operation.Limit limit) {
    return "limit " + limit.rows();
  }

  @Override
  public String distinct(Operation.Distinct distinct) {
    return "distinct " + ExpressionPrint.all(distinct.by()) + WindowPrint.of(distinct.windowing());
  }

  @Override
  public String aggregate(Operation.Aggregate aggregate) {
    List<String> compute = new ArrayList<>();
    for (AggregateExpression expression : aggregate.compute()) {
      List<String> calls = new ArrayList<>();
      expression.calls().forEach(call -> calls.add(call(call)));
      compute.add(
          Words.name(expression.name())
              + " = "
              + ExpressionPrint.of(expression.outer())
              + " of "
              + calls);
    }
    return "aggregate"
        + (aggregate.by().isEmpty() ? "" : " by " + ExpressionPrint.named(aggregate.by()))
        + " compute "
        + Words.list(compute)
        + aggregate.having().map(having -> " having " + ExpressionPrint.of(having)).orElse("")
        + WindowPrint.of(aggregate.windowing());
  }

  /** One aggregate of an aggregate step. */
  static String call(AggregateCall call) {
    return call.function()
        + "("
        + ExpressionPrint.all(call.arguments())
        + ")"
        + call.where().map(where -> " where " + ExpressionPrint.of(where)).orElse("");
  }

  @Override
  public String top(Operation.Top top) {
    return "top "
        + top.n()
        + (top.withTies() ? " with ties" : "")
        + (top.by().isEmpty() ? "" : " by " + ExpressionPrint.named(top.by()))
        + " order "
        + order(top.orderBy())
        + top.rank().map(rank -> " rank " + Words.name(rank)).orElse("")
        + WindowPrint.of(top.windowing());
  }

  @Override
  public String sort(Operation.Sort sort) {
    return "sort " + order(sort.by()) + WindowPrint.of(sort.windowing());
  }

  /** The keys of an order. */
  static String order(List<Operation.OrderBy> keys) {
    return Words.list(keys.stream().map(OperationPrint::order).toList());
  }

  /** One key of an order. */
  static String order(Operation.OrderBy key) {
    return ExpressionPrint.of(key.value())
        + (key.descending() ? " desc" : "")
        + (key.nullsFirst() ? " nulls first" : "");
  }

  @Override
  public String join(Join operation) {
    return "join "
        + operation.type()
        + " on "
        + operation.on().stream()
            .map(p -> ExpressionPrint.of(p.left()) + " = " + ExpressionPrint.of(p.right()))
            .toList()
        + operation.bound().map(bound -> " " + bound).orElse("")
        + operation.where().map(where -> " where " + ExpressionPrint.of(where)).orElse("")
        + " take "
        + operation.take()
        + (operation.asOf() ? " as of" : "");
  }

  @Override
  public String sample(Operation.Sample sample) {
    return "sample " + sample.share() + " seed " + sample.seed();
  }

  @Override
  public String everyNth(EveryNth operation) {
    return "every " + operation.rows();
  }

  @Override
  public String throttle(Throttle operation) {
    // How long rows wait changes none of them.
    boolean drops = operation.excess() == Throttle.Excess.DROP;
    return "throttle"
        + (drops ? " " + operation.rate().count() + " in " + operation.rate().per() : "")
        + " by "
        + ExpressionPrint.named(operation.by())
        + " "
        + Words.of(operation.excess());
  }

  @Override
  public String remember(Remember operation) {
    return "remember by " + operation.key();
  }

  @Override
  public String fillGaps(FillGaps operation) {
    return "fill gaps by "
        + operation.by()
        + " at "
        + Words.name(operation.at())
        + " every "
        + operation.every()
        + operation.within().map(within -> " within " + within).orElse("")
        + " take "
        + new TreeMap<>(operation.take());
  }

  @Override
  public String over(Over over) {
    return OverPrint.of(over);
  }

  @Override
  public String deduplicate(Deduplicate operation) {
    return "deduplicate by "
        + ExpressionPrint.named(operation.by())
        + operation.within().map(within -> " within " + within).orElse("")
        + " keep "
        + Words.of(operation.keep())
        + WindowPrint.emit(operation.emit(), operation.changing());
  }

  @Override
  public String write(Operation.Write write) {
    return "write "
        + new OptionPrint(Matter.CONTENT, write.templates()).of(write.sink())
        + write
            .format()
            .map(format -> " as " + OptionPrint.format(format, write.templates()))
            .orElse("")
        + computed(write);
  }

  /** Expressions that are options of the sink, which does not show them itself. */
  private static String computed(Operation.Write write) {
    List<String> texts = new ArrayList<>();
    write
        .templates()
        .forEach(
            (template, values) -> {
              if (template.isBare()) {
                texts.add(ExpressionPrint.of(values.get(0)));
              }
            });
    return texts.isEmpty() ? "" : " computes " + Words.list(texts);
  }
}
