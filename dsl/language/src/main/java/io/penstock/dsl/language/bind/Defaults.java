package io.penstock.dsl.language.bind;

import io.penstock.api.option.Config;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.ComponentDeclaration;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.text.NamedFiles;
import java.util.Map;
import java.util.Optional;

/** Components of which no option is written. */
public final class Defaults {
  private static final Origin NOWHERE = Origin.file("defaults");

  private Defaults() {}

  /** The component with all its defaults; empty where an option must be written. */
  public static Optional<Config> of(ComponentDeclaration component, Components components) {
    Problems problems = new Problems();
    Variables variables =
        new Variables(problems, name -> Optional.empty(), NamedFiles.none(), Map.of());
    Binder binder =
        new Binder(components, problems, variables, new Texts(), new Connections(problems));
    Scalar nothing = new Scalar("", Scalar.Style.PLAIN, NOWHERE, (offset, length) -> NOWHERE);
    return binder
        .records()
        .component(component, nothing, Spot.of(component.name(), component.name(), NOWHERE));
  }
}
