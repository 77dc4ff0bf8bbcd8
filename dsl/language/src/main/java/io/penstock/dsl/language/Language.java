package io.penstock.dsl.language;

import io.penstock.api.option.Catalogue;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.dsl.language.bind.BindRequest;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.PipelineBinder;
import io.penstock.dsl.language.check.PipelineChecker;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.text.NamedFiles;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.dsl.language.transform.TransformConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The pipeline language: from text to a logical plan, with all mistakes at once. */
public final class Language {
  private final Components components;

  /** The language with these components. */
  public Language(List<Catalogue> catalogues) {
    this.components = Components.of(catalogues);
  }

  /**
   * A file to check.
   *
   * @param parameters given on the command line
   * @param environment the environment's variables by name
   * @param files for {@code use:} and {@code ${file:...}}
   * @param leave what the user has asked for and allowed
   */
  public record Request(
      SourceText text,
      Map<String, String> parameters,
      Function<String, Optional<String>> environment,
      NamedFiles files,
      PipelineChecker.Leave leave) {
    public Request {
      parameters = Map.copyOf(parameters);
    }

    /** A file that nothing stands around. */
    public static Request of(SourceText text) {
      return new Request(
          text,
          Map.of(),
          name -> Optional.empty(),
          NamedFiles.none(),
          new PipelineChecker.Leave(false, false));
    }
  }

  /**
   * What came of a file.
   *
   * @param bound empty where it is no YAML map
   * @param plan empty where anything is wrong
   * @param problems in file order, warnings among them
   */
  public record Checked(
      Optional<BoundPipeline> bound, Optional<LogicalPlan> plan, List<Problem> problems) {
    public Checked {
      problems = List.copyOf(problems);
    }
  }

  /** All components, for references and schemas. */
  public Components components() {
    return components;
  }

  /** Checks a file. */
  public Checked check(Request request) {
    Problems problems = new Problems();
    BindRequest binding =
        new BindRequest(
            request.text(), request.parameters(), request.environment(), request.files());
    Optional<BoundPipeline> bound =
        new PipelineBinder(components, TransformConfig.class).bind(binding, problems);
    Optional<LogicalPlan> plan =
        bound.flatMap(b -> new PipelineChecker(b, components, problems, request.leave()).check());
    return new Checked(bound, plan.filter(p -> !problems.hasErrors()), problems.inFileOrder());
  }
}
