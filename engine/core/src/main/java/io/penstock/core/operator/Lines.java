package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.option.Template;
import io.penstock.core.logical.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes rows of one text each out of a template's values. */
final class Lines {
  private final Template template;

  // The bytes of a literal; empty where a value stands.
  private final List<byte[]> literals = new ArrayList<>();

  Lines(Template template) {
    this.template = template;
    for (Template.Part part : template.parts()) {
      literals.add(
          part instanceof Template.Literal literal
              ? literal.text().getBytes(StandardCharsets.UTF_8)
              : new byte[0]);
    }
  }

  /**
   * The lines of these rows.
   *
   * @param computed for each template the values of its expressions, in order; null is written as
   *     nothing
   */
  Batch of(Batch rows, Map<Template, List<Column.Bytes>> computed) {
    List<Column.Bytes> values = computed.getOrDefault(template, List.of());
    BytesBuilder lines = new BytesBuilder();
    for (int row = 0; row < rows.size(); row++) {
      int next = 0;
      for (int i = 0; i < literals.size(); i++) {
        if (template.parts().get(i) instanceof Template.Literal) {
          byte[] literal = literals.get(i);
          lines.append(literal, 0, literal.length);
        } else {
          Column.Bytes value = values.get(next++);
          int from = value.from(row);
          lines.append(value.bytes(), from, value.to(row) - from);
        }
      }
      lines.end();
    }
    return rows.with(Operation.LINES, new Column[] {lines.build()});
  }
}
