package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;

/** Options of {@code parse}. */
@Component(
    name = "parse",
    summary = "Decodes a text field by a format or by patterns.",
    example = "parse: { field: line, regex: '^(?<level>[A-Z]+) (?<message>.*)$' }")
public record Parse(
    @Option("The text field.") Placed<FieldPath> field,
    @Option("The format of the text.") Optional<FormatConfig> format,
    @Option("A pattern with named groups, or a list of which the first that matches wins.")
        Optional<OneOrMany<Placed<String>>> regex,
    @Option("The field of the record that results; left out: its fields are spread into the row.")
        Optional<Placed<String>> into,
    @Option("The fields of the record with their types, or the name of a schema.")
        Optional<SyntaxNode> schema,
    @Option(
            value = "What happens to a field of the row that has the name of a spread one.",
            byDefault = "fail")
        Operation.Existing existing,
    @Option(
            value = "What happens to a row whose text does not decode or match.",
            byDefault = "fail")
        Missing missing,
    @Option("A field that gets the number of the pattern that matched, from 0.")
        Optional<Placed<String>> matched)
    implements RowTransform {
  /** What happens to a row whose text does not decode. */
  public enum Missing {
    FAIL,
    KEEP
  }
}
