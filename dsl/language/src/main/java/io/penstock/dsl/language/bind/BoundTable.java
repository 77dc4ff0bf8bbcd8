package io.penstock.dsl.language.bind;

import io.penstock.api.source.SourceConfig;
import io.penstock.dsl.language.syntax.Sequence;
import java.util.Optional;

/**
 * A table as written: it has either a source or rows.
 *
 * @param source what it is read from
 * @param rows maps that stand in the file
 */
public record BoundTable(
    StepHead head, Optional<SourceConfig> source, Optional<Sequence> rows, TableKeys keys) {}
