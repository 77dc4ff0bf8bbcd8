package io.penstock.dsl.language.bind;

import io.penstock.dsl.language.text.NamedFiles;
import io.penstock.dsl.language.text.SourceText;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A pipeline file to be bound, with what stands around it.
 *
 * @param parameters given on the command line
 * @param environment the environment's variables by name
 * @param files for {@code use:} and {@code ${file:...}}
 */
public record BindRequest(
    SourceText text,
    Map<String, String> parameters,
    Function<String, Optional<String>> environment,
    NamedFiles files) {
  public BindRequest {
    parameters = Map.copyOf(parameters);
  }

  /** A file that nothing stands around. */
  public static BindRequest of(SourceText text) {
    return new BindRequest(text, Map.of(), name -> Optional.empty(), NamedFiles.none());
  }
}
