package io.penstock.dsl.language.check;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.DeadLetter;
import io.penstock.core.logical.Fallibility;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Input;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.dsl.language.bind.BoundDeadLetter;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.BoundSink;
import io.penstock.dsl.language.bind.BoundSource;
import io.penstock.dsl.language.bind.BoundTransform;
import io.penstock.dsl.language.bind.OnError;
import io.penstock.dsl.language.bind.StepHead;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.schema.TypeReader;
import io.penstock.dsl.language.transform.Planned;
import io.penstock.dsl.language.transform.Rows;
import io.penstock.dsl.language.transform.StepContext;
import io.penstock.dsl.language.transform.Surroundings;
import io.penstock.dsl.language.transform.TransformConfig;
import io.penstock.dsl.language.transform.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a pipeline as written and turns it into a logical plan. Every mistake is reported, but
 * none that only follows from another. Used once, by one thread.
 */
public final class PipelineChecker {
  private static final Set<String> RESERVED = Set.of("meta", "params", "row");

  private final BoundPipeline pipeline;
  private final Problems problems;
  private final boolean strict;
  private final Edges edges;
  private final Circles circles;
  private final Unions unions;
  private final FileScope scope;
  private final Surroundings surroundings;
  private final SourceChecks sources;
  private final TableChecks tables;
  private final SinkChecks sinks;
  private final StepRows rows;
  private final Map<String, FormatConfig> bare = new HashMap<>();
  private final List<LogicalNode> nodes = new ArrayList<>();
  private final Map<String, BoundTransform> transforms = new LinkedHashMap<>();
  private final Map<String, BoundSource> readers = new LinkedHashMap<>();
  private final Map<String, BoundSink> writers = new LinkedHashMap<>();
  private final Set<Outlet> read;
  private final RunBlock run;
  private final SinkUses uses;

  /**
   * What the user has asked for and allowed.
   *
   * @param strict whether steps that may fail must say what happens then
   * @param java whether the file's Java code may be compiled and run
   * @param state what is said of keeping state, beside the file
   */
  public record Leave(boolean strict, boolean java, StateUse.Wish state) {
    /** Of a user who says nothing of keeping state. */
    public Leave(boolean strict, boolean java) {
      this(strict, java, StateUse.Wish.NONE);
    }
  }

  /** A checker of one file. */
  public PipelineChecker(
      BoundPipeline pipeline, Components components, Problems problems, Leave leave) {
    this.strict = leave.strict();
    this.pipeline = pipeline;
    this.problems = problems;
    TypeReader types = new TypeReader(pipeline.schemas(), pipeline.schemaFiles(), problems);
    FormatFinder formats = new FormatFinder(components, problems);
    this.sources = new SourceChecks(formats, types, problems);
    this.tables = new TableChecks(sources, types, problems);
    this.run = new RunBlock(pipeline);
    this.uses = new SinkUses(pipeline, run, leave.state());
    boolean scheduled = run.schedule().isPresent() || pipeline.unbound().schedule();
    this.sinks = new SinkChecks(formats, scheduled, uses, problems);
    pipeline.unbound().tables().forEach(t -> tables.unbound(t.value()));
    pipeline.tables().forEach(tables::check);
    this.scope = new FileScope(pipeline, types, problems);
    this.surroundings = scope.surroundings(tables.known(), leave.java());
    this.edges = new Edges(pipeline, problems);
    this.rows = new StepRows(edges);
    this.circles = new Circles(edges, problems);
    this.unions = new Unions(problems);
    this.read = edges.allRead();
    pipeline.sources().forEach(s -> readers.putIfAbsent(s.head().name(), s));
    pipeline.transforms().forEach(t -> transforms.putIfAbsent(t.head().name(), t));
    pipeline.sinks().forEach(s -> writers.putIfAbsent(s.head().name(), s));
  }

  /** The plan; empty where anything is wrong. */
  public Optional<LogicalPlan> check() {
    whole();
    pipeline.transforms().forEach(t -> circles.add(t.head().name(), t.head().origin()));
    circles.report();
    pipeline.sources().forEach(s -> plan(Section.SOURCES, s.head().name()));
    pipeline.transforms().forEach(t -> plan(Section.TRANSFORMS, t.head().name()));
    pipeline.sinks().forEach(s -> plan(Section.SINKS, s.head().name()));
    uncalledChains();
    scope.look(surroundings);
    Optional<DeadLetter> deadLetter = pipeline.deadLetter().flatMap(this::deadLetter);
    RunSettings settings = run.settings();
    run.check(problems);
    new Flows(pipeline, edges, run, uses, problems).check();
    clashes();
    new Unread(pipeline, edges, read, problems).report();
    if (strict) {
      nodes.forEach(this::handled);
    }
    if (problems.hasErrors()) {
      return Optional.empty();
    }
    return Optional.of(
        new LogicalPlan(
            pipeline.name().value(), Remembered.in(nodes), tables.plans(), deadLetter, settings));
  }

  private void whole() {
    if (pipeline.sources().isEmpty() && pipeline.unbound().sources().isEmpty()) {
      missing("source", "add `sources:` with what is to be read");
    }
    if (pipeline.sinks().isEmpty() && pipeline.unbound().sinks().isEmpty()) {
      missing("sink", "add `sinks:` with where the rows go");
    }
  }

  private void missing(String what, String hint) {
    problems.add(
        ProblemCode.E207, Origin.file(pipeline.text().name()), "the file has no " + what, hint);
  }

  /** Plans a step after those that it reads, once. */
  private void plan(Section section, String step) {
    String key = Outlet.key(section, step);
    if (rows.isKnown(key)) {
      return;
    }
    rows.out(key, Rows.unknown());
    rows.in(key, Rows.unknown());
    if (section == Section.SOURCES) {
      Optional.ofNullable(readers.get(step))
          .ifPresentOrElse(this::source, () -> unbound(key, step));
      return;
    }
    Optional<List<Outlet>> from = edges.read(section, step);
    edges.all(section, step).forEach(outlet -> plan(outlet.section(), outlet.step()));
    if (section == Section.TRANSFORMS) {
      Optional.ofNullable(transforms.get(step)).ifPresent(t -> transform(t, from));
    } else {
      Optional.ofNullable(writers.get(step)).ifPresent(s -> sink(s, from));
    }
  }

  /** What a source declares that could not be bound, so that the steps below it are checked too. */
  private void unbound(String key, String source) {
    Optional.ofNullable(pipeline.unbound().schemas().get(source))
        .filter(schema -> !pipeline.text().text().contains("meta."))
        .flatMap(sources::declared)
        .map(found -> pipeline.unbound().timed().contains(source) ? found.timed() : found)
        .ifPresent(declared -> rows.out(key, declared));
  }

  private void source(BoundSource source) {
    StepHead head = source.head();
    SourceChecks.Checked checked = sources.check(source, surroundings);
    rows.out(Outlet.key(Section.SOURCES, head.name()), checked.rows());
    reserved(checked.rows().schema(), Schema.of(), head);
    LogicalNode.OnError policy = policy(source.keys().onError(), Section.SOURCES, head);
    sources.warnOf(source, policy);
    checked
        .read()
        .ifPresent(
            operation -> {
              boolean declared = source.keys().schema().isPresent();
              operation.format().filter(f -> !declared).ifPresent(f -> bare.put(head.name(), f));
              nodes.add(
                  new LogicalNode(
                      head.name(),
                      Section.SOURCES,
                      head.origin(),
                      List.of(),
                      operation,
                      checked.rows().schema(),
                      policy));
            });
  }

  private void transform(BoundTransform transform, Optional<List<Outlet>> from) {
    StepHead head = transform.head();
    String key = Outlet.key(Section.TRANSFORMS, head.name());
    Optional<Input> input = from.flatMap(list -> joined(list, head, head.name() + ".from"));
    Rows in = input.map(i -> input(i, from.orElseThrow(), head)).orElse(Rows.unknown());
    rows.in(key, in);
    Optional<Outlet> other = edges.beside(head.name());
    StepContext context =
        new StepContext(in, head.componentOrigin(), surroundings, problems)
            .beside(other.map(rows::of).orElse(Rows.unknown()));
    Planned planned =
        Walk.plan((TransformConfig) transform.config(), transform.keys().when(), context);
    rows.out(key, circles.contain(head.name()) ? Rows.unknown() : planned.rows());
    reserved(planned.rows().schema(), in.schema(), head);
    planned.operation().ifPresent(operation -> rows.late(operation, head, problems));
    LogicalNode.OnError policy = policy(transform.keys().onError(), Section.TRANSFORMS, head);
    if (input.isPresent() && planned.operation().isPresent()) {
      List<Input> inputs = new ArrayList<>(List.of(input.get()));
      other.ifPresent(outlet -> inputs.add(outlet.input()));
      nodes.add(
          new LogicalNode(
              head.name(),
              Section.TRANSFORMS,
              head.origin(),
              inputs,
              planned.operation().get(),
              planned.rows().schema(),
              policy,
              transform.keys().previously().map(Placed::value)));
    }
  }

  private void sink(BoundSink sink, Optional<List<Outlet>> from) {
    StepHead head = sink.head();
    Optional<Input> input =
        from.flatMap(list -> joined(list, head, "sinks." + head.name() + ".from"));
    Rows in = input.map(i -> input(i, from.orElseThrow(), head)).orElse(Rows.unknown());
    rows.in(Outlet.key(Section.SINKS, head.name()), in);
    StepContext context = new StepContext(in, head.componentOrigin(), surroundings, problems);
    Optional<FormatConfig> straight =
        input
            .filter(i -> i.section() == Section.SOURCES && i.output().isEmpty())
            .flatMap(i -> Optional.ofNullable(bare.get(i.step())));
    Optional<Operation> write = sinks.check(sink, context, straight);
    LogicalNode.OnError policy = policy(sink.keys().onError(), Section.SINKS, head);
    if (input.isPresent() && write.isPresent()) {
      nodes.add(
          new LogicalNode(
              head.name(),
              Section.SINKS,
              head.origin(),
              List.of(input.get()),
              write.get(),
              in.schema(),
              policy));
    }
  }

  /** The one input of a step; several become a union of their own. */
  private Optional<Input> joined(List<Outlet> from, StepHead head, String union) {
    if (from.size() == 1) {
      return Optional.of(from.get(0).input());
    }
    List<Rows> all = from.stream().map(rows::of).toList();
    Optional<Rows> joined = unions.of(from, all, head);
    joined.ifPresent(
        together -> {
          rows.out(Outlet.key(Section.TRANSFORMS, union), together);
          List<Input> read = from.stream().map(Outlet::input).toList();
          nodes.add(
              new LogicalNode(
                  union,
                  Section.TRANSFORMS,
                  head.origin(),
                  read,
                  new Operation.Union(),
                  together.schema(),
                  LogicalNode.OnError.FAIL));
        });
    return joined.map(together -> new Input(Section.TRANSFORMS, union, ""));
  }

  private Rows input(Input input, List<Outlet> from, StepHead head) {
    return from.size() == 1
        ? rows.of(from.get(0))
        : rows.out(Outlet.key(input.section(), input.step()));
  }

  private LogicalNode.OnError policy(
      Optional<Placed<OnError>> written, Section section, StepHead head) {
    boolean output = read.contains(new Outlet(section, head.name(), "failed"));
    boolean letters = pipeline.deadLetter().isPresent();
    if (written.isPresent() && written.get().value() == OnError.DEAD_LETTER && !letters) {
      problems.add(
          ProblemCode.E110,
          written.get().origin(),
          "`on_error: dead_letter` wants a place for dead letters, and the file has none",
          "add `dead_letter: { file: out/dead-letters.jsonl }` to the file");
    }
    if (output) {
      return LogicalNode.OnError.OUTPUT;
    }
    if (written.isEmpty()) {
      return letters ? LogicalNode.OnError.DEAD_LETTER : LogicalNode.OnError.FAIL;
    }
    return switch (written.get().value()) {
      case FAIL -> LogicalNode.OnError.FAIL;
      case SKIP -> LogicalNode.OnError.SKIP;
      case DEAD_LETTER -> LogicalNode.OnError.DEAD_LETTER;
    };
  }

  private void reserved(Schema made, Schema before, StepHead head) {
    for (String name : made.names()) {
      if (RESERVED.contains(name) && before.indexOf(name) < 0) {
        problems.add(
            ProblemCode.W203,
            head.origin(),
            "the field `"
                + name
                + "` of `"
                + head.name()
                + "` is written `row['"
                + name
                + "']` in expressions",
            "give it another name");
      }
    }
  }

  /** Under {@code --strict} a step that may fail says what happens then. */
  private void handled(LogicalNode node) {
    boolean fallible = node.section() == Section.TRANSFORMS && Fallibility.of(node.operation());
    if (fallible && node.onError() == LogicalNode.OnError.FAIL) {
      problems.add(
          ProblemCode.W204,
          node.origin(),
          "`" + node.step() + "` may fail for a row, and the run would stop",
          "add `on_error:`, a `dead_letter`, or `try(...)` in the expression");
    }
  }

  /** A chain that nobody calls is still looked at, as far as that goes without knowing its rows. */
  private void uncalledChains() {
    for (io.penstock.dsl.language.bind.BoundChain chain : pipeline.chains()) {
      StepContext context = new StepContext(Rows.unknown(), chain.origin(), surroundings, problems);
      Walk.look(chain.steps(), context);
    }
  }

  private Optional<DeadLetter> deadLetter(BoundDeadLetter letters) {
    Origin at = letters.head().origins().value("path");
    Optional<FormatConfig> format = sinks.format(letters.sink(), at);
    if (format.isEmpty() && letters.sink().needsFormat()) {
      return Optional.empty();
    }
    format
        .flatMap(FormatConfig::line)
        .ifPresent(line -> sinks.lineOfLetters(line, letters.head().origins().value("format")));
    boolean templates = letters.sink().templates().stream().anyMatch(t -> !t.isConstant());
    if (templates) {
      problems.add(
          ProblemCode.E110,
          at,
          "dead letters go to one place: the path cannot depend on the record",
          "write a path without `{}`");
    }
    return sinks.letters(letters, format)
        ? Optional.of(new DeadLetter(letters.sink(), format, letters.head().origin()))
        : Optional.empty();
  }

  private void clashes() {
    PathClashes clashes = new PathClashes();
    pipeline.sources().forEach(s -> clashes.source(s.head().name(), s.config(), at(s.head())));
    pipeline
        .tables()
        .forEach(t -> t.source().ifPresent(c -> clashes.source(t.head().name(), c, at(t.head()))));
    pipeline.sinks().forEach(s -> clashes.sink(s.head().name(), s.config(), at(s.head())));
    pipeline.deadLetter().ifPresent(d -> clashes.sink("dead_letter", d.sink(), at(d.head())));
    clashes.report(problems);
  }

  private static Origin at(StepHead head) {
    return head.origins().value("path");
  }
}
