package io.penstock.dsl.launcher.problems;

import io.penstock.dsl.language.text.SourceText;
import java.util.Optional;

/** The texts of files by name, for excerpts. */
@FunctionalInterface
public interface Excerpts {
  Optional<SourceText> text(String file);
}
