package io.penstock.dsl.language.bind;

import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;

/** The keys beside the component of a source. */
public record SourceKeys(
    @Option("What it is for.") Optional<String> description,
    @Option(
            "The fields of a record with their types, the name of a schema, or a file: `{ avro: order.avsc }`.")
        Optional<SyntaxNode> schema,
    @Option("The time of a row.") Optional<Placed<EventTimeOptions>> eventTime,
    @Option("What happens to fields that the schema does not name; drop where left out.")
        Optional<Placed<UnknownFields>> unknownFields,
    @Option("`all` makes every field of the schema optional.")
        Optional<Placed<OptionalFields>> optionalFields,
    @Option("What happens to a record that cannot be decoded.") Optional<Placed<OnError>> onError) {
  /** What happens to fields that the schema does not name. */
  public enum UnknownFields {
    DROP,
    KEEP,
    FAIL
  }

  /** Which fields of the schema are optional. */
  public enum OptionalFields {
    DECLARED,
    ALL
  }
}
