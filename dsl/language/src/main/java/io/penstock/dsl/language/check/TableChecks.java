package io.penstock.dsl.language.check;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.Values;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import io.penstock.dsl.language.bind.BoundTable;
import io.penstock.dsl.language.schema.ConstantReader;
import io.penstock.dsl.language.schema.DeclaredSchema;
import io.penstock.dsl.language.schema.TypeReader;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.transform.Surroundings;
import io.penstock.dsl.language.transform.Surroundings.KnownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns tables into what is read or held. */
final class TableChecks {
  private final SourceChecks sources;
  private final TypeReader types;
  private final Problems problems;
  private final RefreshChecks refreshes;
  private final Map<String, Table> plans = new LinkedHashMap<>();
  private final Map<String, Optional<KnownTable>> known = new LinkedHashMap<>();

  TableChecks(SourceChecks sources, TypeReader types, Problems problems) {
    this.sources = sources;
    this.types = types;
    this.problems = problems;
    this.refreshes = new RefreshChecks(problems);
  }

  /** The tables without a mistake. */
  Map<String, Table> plans() {
    return plans;
  }

  /** What lookups know of the tables. */
  Map<String, Optional<KnownTable>> known() {
    return known;
  }

  /** A table of the file that could not be bound. */
  void unbound(String name) {
    known.put(name, Optional.empty());
  }

  void check(BoundTable table) {
    String name = table.head().name();
    known.put(name, Optional.empty());
    Optional<Table.Refresh> refresh = refreshes.of(table);
    if (table.rows().isPresent()) {
      rows(table, table.rows().get());
      return;
    }
    SourceChecks.Shape shape =
        new SourceChecks.Shape(
            table.head(),
            table.source().orElseThrow(),
            table.keys().schema(),
            table.keys().unknownFields(),
            table.keys().optionalFields());
    if (!shape.config().traits().bounded()) {
      problems.add(
          ProblemCode.E212,
          table.head().componentOrigin(),
          "the table `" + name + "` reads a source that never ends",
          "read a file, or give the source an end");
      return;
    }
    Surroundings none =
        new Surroundings(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), types, false);
    SourceChecks.Checked read = sources.read(shape, none);
    if (!read.rows().known()) {
      return;
    }
    if (read.rows().beside().changes()) {
      problems.add(
          ProblemCode.E215,
          table.head().componentOrigin(),
          "the table `"
              + name
              + "` holds rows that stay, and these are changes that take rows away",
          "read a file of rows, such as csv");
      return;
    }
    Schema schema = read.rows().schema();
    if (schema.open() && shape.schema().isEmpty()) {
      wantsSchema(table);
      return;
    }
    Optional<List<String>> key = key(table, schema);
    if (key.isPresent()) {
      known.put(name, Optional.of(new KnownTable(schema, key.get(), refresh.isPresent())));
      Optional<Operation.Read> operation = read.read();
      operation.ifPresent(
          r ->
              plans.put(
                  name,
                  new Table(
                      name,
                      table.head().origin(),
                      Optional.of(r),
                      Optional.empty(),
                      schema,
                      key.get(),
                      refresh)));
    }
  }

  private void wantsSchema(BoundTable table) {
    problems.add(
        ProblemCode.E103,
        table.head().origin(),
        "the table `" + table.head().name() + "` wants a schema",
        "add `schema: { code: string, name: string }`");
  }

  private void rows(BoundTable table, Sequence written) {
    Optional<SyntaxNode> node = table.keys().schema();
    if (node.isEmpty()) {
      wantsSchema(table);
      return;
    }
    boolean allOptional = table.keys().optionalFields().isPresent();
    Optional<DeclaredSchema> declared = types.schema(node.get(), allOptional);
    if (declared.isEmpty()) {
      return;
    }
    Schema schema = declared.get().schema();
    Optional<List<String>> key = key(table, schema);
    Batch batch = batch(table.head().name(), schema, written);
    if (key.isPresent()) {
      String name = table.head().name();
      known.put(name, Optional.of(new KnownTable(schema, key.get(), false)));
      plans.put(
          name,
          new Table(
              name,
              table.head().origin(),
              Optional.empty(),
              Optional.of(batch),
              schema,
              key.get(),
              Optional.empty()));
    }
  }

  private Batch batch(String name, Schema schema, Sequence written) {
    ConstantReader constants = new ConstantReader(problems);
    List<ColumnBuilder> builders = new ArrayList<>();
    schema.fields().forEach(field -> builders.add(ColumnBuilder.of(field.type().type())));
    for (SyntaxNode row : written.elements()) {
      @Nullable Object[] values = constants.fields("", schema, (Mapping) row);
      for (int i = 0; i < values.length; i++) {
        Values.append(builders.get(i), schema.column(i).type(), values[i]);
      }
    }
    Column[] columns = builders.stream().map(ColumnBuilder::build).toArray(Column[]::new);
    return Batch.of(schema, written.elements().size(), columns, Provenance.none(name));
  }

  private Optional<List<String>> key(BoundTable table, Schema schema) {
    List<String> key = new ArrayList<>();
    for (Placed<FieldPath> field : table.keys().key().values()) {
      String name = field.value().toString();
      if (schema.indexOf(name) < 0) {
        problems.add(
            ProblemCode.E301,
            field.origin(),
            "the table `" + table.head().name() + "` has no field `" + name + "` for its key",
            Nearest.hint(name, "fields there", schema.names()));
        continue;
      }
      key.add(name);
    }
    return key.size() == table.keys().key().values().size() ? Optional.of(key) : Optional.empty();
  }
}
