package io.penstock.dsl.language.bind;

import io.penstock.api.option.Config;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.syntax.SyntaxTree;
import io.penstock.dsl.language.text.NamedFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds a pipeline file: text to syntax, syntax to records. All that is wrong with its form is
 * reported; a file that is no YAML map gives nothing.
 */
public final class PipelineBinder {
  /** The keys of a pipeline file. */
  public static final List<String> KEYS =
      List.of(
          "version",
          "name",
          "description",
          "use",
          "parameters",
          "connections",
          "schemas",
          "patterns",
          "functions",
          "chains",
          "tables",
          "sources",
          "transforms",
          "sinks",
          "dead_letter",
          "run");

  private final Components components;
  private final Class<? extends Config> transforms;

  /**
   * A binder.
   *
   * @param transforms the role of transforms
   */
  public PipelineBinder(Components components, Class<? extends Config> transforms) {
    this.components = components;
    this.transforms = transforms;
  }

  /** Reads and binds a file. */
  public Optional<BoundPipeline> bind(BindRequest request, Problems problems) {
    return SyntaxTree.read(request.text(), problems)
        .map(tree -> new Binding(request, tree, problems).pipeline());
  }

  /** One file being bound. */
  private final class Binding {
    private final BindRequest request;
    private final SyntaxTree tree;
    private final Problems problems;
    private final Texts texts = new Texts();
    private final Names names;
    private final Map<String, Mapping.Entry> sections;

    Binding(BindRequest request, SyntaxTree tree, Problems problems) {
      this.request = request;
      this.tree = tree;
      this.problems = problems;
      this.names = new Names(problems);
      texts.add(request.text());
      this.sections = sections();
    }

    BoundPipeline pipeline() {
      List<SyntaxTree> used =
          value("use")
              .map(node -> new UsedFiles(request.text(), request.files(), texts, problems).of(node))
              .orElse(List.of());
      Connections connections = new Connections(problems);
      shared("connections", used).forEach(connections::add);
      Binder early = binder(request.files(), Map.of(), connections);
      Map<String, BoundParameter> parameters =
          new Parameters(request, problems, names).bind(section("parameters"), early);
      Binder binder = binder(request.files(), parameters, connections);
      SharedBinder shared = new SharedBinder(binder, names, problems, transforms);
      Sections steps =
          new Sections(new StepBinder(binder, components, problems), names, problems, transforms);
      section("tables").ifPresent(steps::tables);
      section("sources").ifPresent(steps::sources);
      section("transforms").ifPresent(steps::transforms);
      section("sinks").ifPresent(steps::sinks);
      TopLevel top = new TopLevel(binder);
      version();
      Optional<RunOptions> run = top.run(sections.get("run"));
      return new BoundPipeline(
          request.text(),
          used.stream().map(SyntaxTree::text).toList(),
          name(top),
          top.text(sections.get("description")),
          List.copyOf(parameters.values()),
          shared.functions(shared("functions", used)),
          steps.tables(),
          steps.sources(),
          steps.transforms(),
          steps.sinks(),
          Optional.ofNullable(sections.get("dead_letter")).flatMap(steps::deadLetter),
          run,
          shared.schemas(shared("schemas", used)),
          new NamedSchemas(
              request, components, problems, files -> binder(files, parameters, connections)),
          shared.chains(shared("chains", used)),
          shared.patterns(shared("patterns", used)),
          steps.unbound(run.isPresent() && run.get().schedule().isEmpty() && writesSchedule()));
    }

    private boolean writesSchedule() {
      return Optional.ofNullable(sections.get("run"))
          .map(Mapping.Entry::value)
          .filter(Mapping.class::isInstance)
          .filter(run -> ((Mapping) run).entry("schedule").isPresent())
          .isPresent();
    }

    private Binder binder(
        NamedFiles files, Map<String, BoundParameter> parameters, Connections connections) {
      Variables variables = new Variables(problems, request.environment(), files, parameters);
      return new Binder(components, problems, variables, texts, connections);
    }

    /** The entries by key; a misspelled key counts as the one that was meant. */
    private Map<String, Mapping.Entry> sections() {
      Map<String, Mapping.Entry> found = new LinkedHashMap<>();
      for (Mapping.Entry entry : tree.root().entries()) {
        if (KEYS.contains(entry.name())) {
          found.put(entry.name(), entry);
        }
      }
      for (Mapping.Entry entry : tree.root().entries()) {
        if (!KEYS.contains(entry.name())) {
          problems.add(
              ProblemCode.E101,
              entry.key().origin(),
              "unknown key `" + entry.name() + "` in the pipeline file",
              Nearest.hint(entry.name(), "keys here", KEYS));
          Nearest.to(entry.name(), KEYS).ifPresent(meant -> found.putIfAbsent(meant, entry));
        }
      }
      return found;
    }

    private Optional<SyntaxNode> value(String key) {
      return Optional.ofNullable(sections.get(key)).map(Mapping.Entry::value);
    }

    /** A section that is a map; one without a value is as if left out. */
    private Optional<Mapping> section(String key) {
      Optional<SyntaxNode> node = value(key);
      if (node.isEmpty() || node.get() instanceof Mapping) {
        return node.map(Mapping.class::cast);
      }
      boolean nothing =
          node.get() instanceof Scalar scalar && (scalar.isNull() || scalar.isBroken());
      if (!nothing) {
        problems.add(
            ProblemCode.E104,
            node.get().origin(),
            "`" + key + "` must be a map from names to what they are, not " + node.get().kind(),
            "write `" + key + ": { name: ... }`, each name on a line of its own");
      }
      return Optional.empty();
    }

    /** The entries of a section here and in the used files. */
    private List<Mapping.Entry> shared(String key, List<SyntaxTree> used) {
      List<Mapping.Entry> entries = new ArrayList<>();
      section(key).ifPresent(mapping -> entries.addAll(mapping.entries()));
      for (SyntaxTree other : used) {
        if (other.root().value(key).orElse(null) instanceof Mapping mapping) {
          entries.addAll(mapping.entries());
        }
      }
      return entries;
    }

    private void version() {
      if (value("version").orElse(null) instanceof Scalar scalar && !scalar.text().equals("1")) {
        problems.add(
            ProblemCode.E104,
            scalar.origin(),
            "`version` must be 1, not " + Scalars.shown(scalar.text()),
            "write `version: 1`, or leave it out");
      }
    }

    private Placed<String> name(TopLevel top) {
      Mapping.Entry entry = sections.get("name");
      Optional<String> written = top.text(entry);
      if (entry != null && written.isPresent() && entry.value() instanceof Scalar scalar) {
        names.pipeline(scalar, written.get());
        return new Placed<>(written.get(), scalar.origin());
      }
      String file = request.text().name();
      return new Placed<>(Names.ofFile(file), Origin.file(file));
    }
  }
}
