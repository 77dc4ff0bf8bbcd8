package io.penstock.dsl.language.bind;

import io.penstock.api.option.Placed;
import io.penstock.dsl.language.schema.SchemaFiles;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline file as written: every option has its declared type, names are not looked up yet.
 * Lists stand in the order of the file; steps that could not be bound are left out, their problems
 * reported.
 *
 * @param text the file
 * @param used the files that {@code use:} brought in
 * @param run the run block; empty where the file has none
 * @param schemas types by name
 * @param schemaFiles reads the files that schemas name
 * @param patterns for grok, by name
 */
public record BoundPipeline(
    SourceText text,
    List<SourceText> used,
    Placed<String> name,
    Optional<String> description,
    List<BoundParameter> parameters,
    List<BoundFunction> functions,
    List<BoundTable> tables,
    List<BoundSource> sources,
    List<BoundTransform> transforms,
    List<BoundSink> sinks,
    Optional<BoundDeadLetter> deadLetter,
    Optional<RunOptions> run,
    Map<String, SyntaxNode> schemas,
    SchemaFiles schemaFiles,
    List<BoundChain> chains,
    Map<String, Placed<String>> patterns,
    Unbound unbound) {
  public BoundPipeline {
    used = List.copyOf(used);
    parameters = List.copyOf(parameters);
    functions = List.copyOf(functions);
    tables = List.copyOf(tables);
    sources = List.copyOf(sources);
    transforms = List.copyOf(transforms);
    sinks = List.copyOf(sinks);
    chains = List.copyOf(chains);
  }

  /**
   * Names of steps that stand in the file but could not be bound, so that nobody reports them as
   * unknown again.
   *
   * @param schemas what sources among them declare, by their names
   * @param schedule whether there is a schedule that cannot be read
   * @param timed the sources among them that say which time their rows have
   */
  public record Unbound(
      List<Placed<String>> tables,
      List<Placed<String>> sources,
      List<Placed<String>> transforms,
      List<Placed<String>> sinks,
      Map<String, SyntaxNode> schemas,
      boolean schedule,
      Set<String> timed) {
    public Unbound {
      tables = List.copyOf(tables);
      sources = List.copyOf(sources);
      transforms = List.copyOf(transforms);
      sinks = List.copyOf(sinks);
      schemas = Map.copyOf(schemas);
      timed = Set.copyOf(timed);
    }
  }
}
