package io.penstock.dsl.language.bind;

import io.penstock.dsl.language.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files read so far, by the name in origins. */
final class Texts {
  private final List<SourceText> texts = new ArrayList<>();

  void add(SourceText text) {
    texts.add(text);
  }

  Optional<SourceText> of(String file) {
    return texts.stream().filter(text -> text.name().equals(file)).findFirst();
  }
}
