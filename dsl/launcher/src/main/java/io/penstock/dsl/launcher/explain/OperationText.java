package io.penstock.dsl.launcher.explain;

import io.penstock.api.option.Component;
import io.penstock.api.option.Config;
import io.penstock.api.option.ExpressionText;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Deduplicate;
import io.penstock.core.logical.Emit;
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
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What a step does, on one line. Options of connectors do not show, since some are secret. */
public final class OperationText implements Operation.Visitor<String> {
  /** The line of an operation. */
  public static String of(Operation operation) {
    return operation.accept(new OperationText());
  }

  @Override
  public String read(Operation.Read read) {
    StringBuilder text = new StringBuilder("read ").append(component(read.source()));
    read.format().ifPresent(format -> text.append(" as ").append(component(format)));
    if (!read.decoding().usesAll()) {
      List<String> used = new ArrayList<>();
      read.decoding().used().forEach(path -> used.add(path.toString()));
      Collections.sort(used);
      text.append(", keep ").append(used.isEmpty() ? "no field" : String.join(", ", used));
    }
    if (!read.decoding().within().isEmpty()) {
      List<String> within = read.decoding().within().stream().map(Object::toString).toList();
      text.append(", leave out groups without ").append(String.join(", ", within));
    }
    if (!read.computed().isEmpty()) {
      text.append(", compute ").append(fields(read.computed()));
    }
    read.eventTime().ifPresent(time -> text.append(", event time ").append(of(time)));
    return text.toString();
  }

  @Override
  public String union(Operation.Union union) {
    return "union by name";
  }

  @Override
  public String filter(Operation.Filter filter) {
    return "filter " + filter.where();
  }

  @Override
  public String project(Operation.Project project) {
    String rest =
        project
            .rest()
            .map(gone -> gone.isEmpty() ? " and the rest" : " and the rest without " + gone)
            .orElse("");
    return "project " + fields(project.fields()) + rest;
  }

  @Override
  public String explode(Operation.Explode explode) {
    return "explode " + explode.list() + " as " + explode.as();
  }

  @Override
  public String parse(Operation.Parse parse) {
    return "parse " + parse.text() + " as " + component(parse.format());
  }

  @Override
  public String script(RunScript script) {
    String reads =
        script.wholeRow()
            ? "the row"
            : script.reads().isEmpty() ? "nothing" : fields(script.reads());
    return "script of " + lines(script.code()) + ", reads " + reads;
  }

  @Override
  public String java(RunJava java) {
    return "java of " + lines(java.code());
  }

  private static String lines(ExpressionText code) {
    long lines = code.text().lines().count();
    return lines + (lines == 1 ? " line" : " lines");
  }

  @Override
  public String expect(Operation.Expect expect) {
    return "expect " + fields(expect.rules());
  }

  @Override
  public String lookup(Operation.Lookup lookup) {
    return "look up in "
        + lookup.table()
        + " by "
        + expressions(lookup.on())
        + taken(lookup.take(), lookup.missing());
  }

  @Override
  public String outsideLookup(Operation.OutsideLookup lookup) {
    return "ask "
        + component(lookup.outside())
        + " by "
        + expressions(lookup.key())
        + taken(lookup.take(), lookup.missing());
  }

  private static String taken(List<Operation.Lookup.Taken> all, Operation.Lookup.Missing missing) {
    List<String> taken = new ArrayList<>();
    for (Operation.Lookup.Taken take : all) {
      taken.add(take.name().equals(take.from()) ? take.name() : take.name() + " = " + take.from());
    }
    return ", take " + String.join(", ", taken) + ", missing: " + word(missing);
  }

  @Override
  public String log(Operation.Log log) {
    return "log " + log.message();
  }

  @Override
  public String setEventTime(Operation.SetEventTime set) {
    return "event time " + set.eventTime().value();
  }

  @Override
  public String chain(Operation.Chain chain) {
    return "chain [" + links(chain.links()) + "]";
  }

  @Override
  public String choose(Operation.Choose choose) {
    List<String> branches = new ArrayList<>();
    for (Operation.Choose.Branch branch : choose.branches()) {
      branches.add(
          branch.when().map(when -> "when " + when).orElse("else")
              + " ["
              + links(branch.links())
              + "]");
    }
    return "choose " + String.join(", ", branches);
  }

  @Override
  public String route(Operation.Route route) {
    return "route " + (route.all() ? "to all of " : "") + fields(route.cases());
  }

  @Override
  public String limit(Operation.Limit limit) {
    return "limit " + limit.rows();
  }

  @Override
  public String distinct(Operation.Distinct distinct) {
    return "distinct"
        + (distinct.by().isEmpty() ? "" : " by " + expressions(distinct.by()))
        + window(distinct);
  }

  @Override
  public String aggregate(Operation.Aggregate aggregate) {
    List<String> compute = new ArrayList<>();
    for (AggregateExpression expression : aggregate.compute()) {
      String value = expression.outer().toString();
      compute.add(expression.name() + " = " + value);
    }
    return "aggregate"
        + (aggregate.by().isEmpty() ? "" : " by " + fields(aggregate.by()))
        + window(aggregate)
        + ": "
        + String.join(", ", compute)
        + aggregate.having().map(having -> " having " + having).orElse("");
  }

  @Override
  public String top(Operation.Top top) {
    return "top "
        + top.n()
        + (top.by().isEmpty() ? "" : " by " + fields(top.by()))
        + " ordered by "
        + order(top.orderBy())
        + (top.withTies() ? " with ties" : "")
        + window(top);
  }

  @Override
  public String sort(Operation.Sort sort) {
    return "sort by " + (sort.isByTime() ? "event time" : order(sort.by())) + window(sort);
  }

  private static String of(EventTime time) {
    return (time.processing() ? "by the clock" : time.value().toString())
        + (time.byFile() ? ", each file by itself" : "");
  }

  private static String window(Operation.InWindows operation) {
    return operation
            .windowing()
            .window()
            .map(window -> " in windows " + WindowText.of(window))
            .orElse("")
        + emit(operation.windowing().emit());
  }

  private static String emit(Emit emit) {
    if (emit instanceof Emit.Every every) {
      return " emitting so far every " + every.every();
    }
    return emit.isFinal() ? "" : " emitting changes";
  }

  @Override
  public String join(Join operation) {
    List<String> on = operation.on().stream().map(p -> p.left() + " = " + p.right()).toList();
    return operation.type().name().toLowerCase(java.util.Locale.ROOT)
        + " join on "
        + String.join(", ", on)
        + operation.bound().map(bound -> " " + WindowText.of(bound)).orElse("")
        + operation.where().map(where -> " where " + where).orElse("")
        + (operation.asOf() ? " as of" : "");
  }

  @Override
  public String sample(Operation.Sample sample) {
    return "sample " + sample.share().of1() + " seed " + sample.seed();
  }

  @Override
  public String everyNth(EveryNth operation) {
    return "one of every " + operation.rows() + " rows";
  }

  @Override
  public String throttle(Throttle operation) {
    String keys = operation.by().isEmpty() ? "" : " of each " + fields(operation.by());
    return "at most "
        + operation.rate().count()
        + " rows in "
        + operation.rate().per()
        + keys
        + (operation.excess() == Throttle.Excess.DROP ? ", others are left out" : "");
  }

  @Override
  public String remember(Remember operation) {
    return "remember the last row of each " + String.join(", ", operation.key());
  }

  @Override
  public String fillGaps(FillGaps operation) {
    return "fill gaps"
        + (operation.by().isEmpty() ? "" : " by " + String.join(", ", operation.by()))
        + " every "
        + operation.every()
        + operation.within().map(within -> " within " + within).orElse("");
  }

  @Override
  public String over(Over over) {
    List<String> computed = over.compute().stream().map(c -> c.name() + " = " + c.outer()).toList();
    return "compute "
        + String.join(", ", computed)
        + (over.by().isEmpty() ? "" : " by " + fields(over.by()))
        + " ordered by "
        + (over.isByTime() ? "event time" : order(over.orderBy()))
        + " over "
        + over.frame()
        + over.within().map(within -> " within " + within).orElse("");
  }

  @Override
  public String deduplicate(Deduplicate operation) {
    return "deduplicate by "
        + fields(operation.by())
        + operation.within().map(within -> " within " + within).orElse("")
        + " keep "
        + operation.keep().name().toLowerCase(java.util.Locale.ROOT)
        + emit(operation.emit());
  }

  @Override
  public String write(Operation.Write write) {
    return "write "
        + component(write.sink())
        + write.format().map(format -> " as " + component(format)).orElse("");
  }

  private static String links(List<Operation.Link> links) {
    List<String> texts = new ArrayList<>();
    for (Operation.Link link : links) {
      texts.add(of(link.operation()));
    }
    return String.join("; ", texts);
  }

  private static String order(List<Operation.OrderBy> keys) {
    List<String> texts = new ArrayList<>();
    for (Operation.OrderBy key : keys) {
      texts.add(
          key.value()
              + (key.descending() ? " desc" : "")
              + (key.nullsFirst() ? " nulls first" : ""));
    }
    return String.join(", ", texts);
  }

  private static String fields(List<NamedExpression> fields) {
    List<String> texts = new ArrayList<>();
    for (NamedExpression field : fields) {
      String value = field.expression().toString();
      texts.add(field.name().equals(value) ? value : field.name() + " = " + value);
    }
    return String.join(", ", texts);
  }

  private static String expressions(List<Expression> expressions) {
    List<String> texts = new ArrayList<>();
    for (Expression expression : expressions) {
      texts.add(expression.toString());
    }
    return String.join(", ", texts);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The name under which the pipeline file knows it. */
  static String component(Config config) {
    Component component = config.getClass().getAnnotation(Component.class);
    return component == null ? config.getClass().getSimpleName() : component.name();
  }
}
