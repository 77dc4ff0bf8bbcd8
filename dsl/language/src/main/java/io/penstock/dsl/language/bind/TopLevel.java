package io.penstock.dsl.language.bind;

import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.syntax.Mapping;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds the keys of a pipeline file that are no sections of names. */
final class TopLevel {
  private final Binder binder;

  TopLevel(Binder binder) {
    this.binder = binder;
  }

  /** A text. */
  Optional<String> text(Mapping.@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    Spot spot = Spot.of("", entry.name(), entry.key().origin());
    return binder
        .value(new OptionType.Simple(OptionType.Kind.TEXT), entry.value(), spot)
        .map(String.class::cast);
  }

  /**
   * The run block; empty where the file has none, as if nothing was written in it where something
   * in it is wrong.
   */
  Optional<RunOptions> run(Mapping.@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    Spot spot = Spot.of("", "run", entry.key().origin());
    return binder
        .records()
        .read(RunOptions.class, entry.value(), spot)
        .map(RunOptions.class::cast)
        .or(() -> Optional.of(RunOptions.none()));
  }
}
