package io.penstock.dsl.language.bind;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.time.Duration;
import java.util.Optional;

/** The keys beside the component of a table. */
public record TableKeys(
    @Option("What it is for.") Optional<String> description,
    @Option("The fields that identify a row.") OneOrMany<Placed<FieldPath>> key,
    @Option(
            "The fields of a row with their types, the name of a schema, or a file: `{ avro: order.avsc }`.")
        Optional<SyntaxNode> schema,
    @Option("What happens to fields that the schema does not name; drop where left out.")
        Optional<Placed<SourceKeys.UnknownFields>> unknownFields,
    @Option("`all` makes every field of the schema optional.")
        Optional<Placed<SourceKeys.OptionalFields>> optionalFields,
    @Option(
            "How old it becomes before it is read again, between two checkpoints of a run that goes on; left out: it is read once.")
        Optional<Placed<Duration>> refresh,
    @Option(
            "How old it may become when reading again does not work, before the run ends; left out: as old as that takes.")
        Optional<Placed<Duration>> staleAfter) {}
