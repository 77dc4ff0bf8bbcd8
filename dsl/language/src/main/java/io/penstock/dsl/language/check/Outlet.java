package io.penstock.dsl.language.check;

import io.penstock.core.logical.LogicalNode.Input;
import io.penstock.core.logical.LogicalNode.Section;

/** An output of a step that another step reads. */
record Outlet(Section section, String step, String output) {
  Input input() {
    return new Input(section, step, output);
  }

  /** Under what the step is known while the file is checked. */
  String key() {
    return key(section, step);
  }

  static String key(Section section, String step) {
    return section.name() + " " + step;
  }
}
