package io.penstock.dsl.language.option;

import io.penstock.api.option.Component;
import java.util.List;

/**
 * A component.
 *
 * @param name the key in YAML
 * @param summary one sentence
 * @param example as it stands under a step's name
 * @param suffixes ends of file names from which a format follows
 * @param record its options
 */
public record ComponentDeclaration(
    String name, String summary, String example, List<String> suffixes, RecordDeclaration record) {
  public ComponentDeclaration {
    suffixes = List.copyOf(suffixes);
  }

  /**
   * Whether its options stand beside its name, not below it: then its main option has its name, and
   * there are others.
   */
  public boolean hasOptionsBeside() {
    return record.options().size() > 1
        && record.main().filter(main -> main.name().equals(name)).isPresent();
  }

  static ComponentDeclaration of(Component component, RecordDeclaration record) {
    return new ComponentDeclaration(
        component.name(),
        component.summary(),
        component.example().strip(),
        List.of(component.suffixes()),
        record);
  }
}
