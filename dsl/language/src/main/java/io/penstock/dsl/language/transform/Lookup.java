package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.option.ByName;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Chosen;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Options of {@code lookup}. */
@Component(
    name = "lookup",
    summary =
        "Adds fields of the row of a table that has the same key, or of what an outside system answers.",
    example =
        """
        lookup: { table: countries, on: { country: code }, take: { country_name: name } }
        """)
public record Lookup(
    @Option("The table.") Optional<Placed<String>> table,
    @ByName @Option("What is asked for each row, in place of a table.")
        Optional<Chosen<LookupConfig>> outside,
    @Option("Of a table: fields of the row with the fields of the table that they equal.")
        Selections<FieldPath> on,
    @Option(
            "Fields of the table or the answer, or new names with them; left out: all but the key of a table.")
        Selections<FieldPath> take,
    @Option("The fields of an answer with their types, the name of a schema, or a file.")
        Optional<SyntaxNode> schema,
    @Option(value = "What happens to a row that has no partner.", byDefault = "keep")
        Operation.Lookup.Missing missing,
    @Option(
            "How long an answer is good for other rows with the same key, at most 100,000 answers; left out: for the rows that are worked on together.")
        Optional<Duration> remember,
    @Option(
            value = "How many requests may be under way at once; left out: 16.",
            least = 1,
            most = 1000)
        OptionalInt inFlight,
    @Option("How long an answer may take; left out: 30s.") Optional<Duration> timeout)
    implements RowTransform {

  /** Another time an outside system may answer otherwise, and changes must take back what was. */
  @Override
  public boolean takesChanges() {
    return outside.isEmpty();
  }

  @Override
  public void check(Checks checks) {
    if (table.isEmpty() && outside.isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          "table",
          "`lookup` does not say where it looks",
          "add `table: name`, or what is asked in its place, such as `http: { url: ... }`");
    } else if (table.isPresent() && outside.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "outside",
          "`table` and `" + outside.get().name() + "` both say where it looks",
          "keep one of them");
    } else if (table.isPresent()) {
      checkTable(checks);
    } else if (!on.entries().isEmpty()) {
      checks.problem(
          ProblemCode.E110,
          "on",
          "`on` is about tables, and `" + outside.get().name() + "` says itself what it asks by",
          "leave it out");
    }
    checkLength("remember", remember, checks);
    checkLength("timeout", timeout, checks);
  }

  private static void checkLength(String name, Optional<Duration> length, Checks checks) {
    if (length.filter(Duration::isZero).isPresent()) {
      checks.problem(
          ProblemCode.E105,
          name,
          "`" + name + "` must be more than nothing, not `0s`",
          "write for example `" + name + ": 10s`");
    }
  }

  private void checkTable(Checks checks) {
    if (on.entries().isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          "on",
          "the option `on` of `lookup` is missing",
          "add the fields that equal the table's key: `on: { mine: theirs }`");
    }
    Map<String, Boolean> outsideOnly = new LinkedHashMap<>();
    outsideOnly.put("schema", schema.isPresent());
    outsideOnly.put("remember", remember.isPresent());
    outsideOnly.put("in_flight", inFlight.isPresent());
    outsideOnly.put("timeout", timeout.isPresent());
    outsideOnly.forEach(
        (name, written) -> {
          if (written) {
            checks.problem(
                ProblemCode.E110,
                name,
                "`" + name + "` is about what is asked outside, and a table is held in memory",
                "leave it out");
          }
        });
  }

  @Override
  public Planned plan(StepContext context) {
    if (table.isPresent()) {
      return planTable(table.get(), context);
    }
    return outside
        .map(asked -> new OutsideAnswer(this, asked, context).plan())
        // An option that is not known may have been the one that says it.
        .orElseGet(() -> Planned.wrong(TakenFields.unknown(take, context.rows())));
  }

  private Planned planTable(Placed<String> name, StepContext context) {
    Optional<Surroundings.KnownTable> known = table(name, context);
    if (known.isEmpty()) {
      on.entries().forEach(e -> context.check(Woven.own(Woven.path(e.name()), e.origin())));
      return Planned.wrong(TakenFields.unknown(take, context.rows()));
    }
    List<Expression> keys = keys(name, known.get(), context);
    TakenFields fields =
        new TakenFields(
            take,
            "the table `" + name.value() + "`",
            name.origin(),
            known.get().schema(),
            known.get().key());
    TakenFields.Taken taken = fields.taken(missing, context);
    boolean whole =
        isSteady(name, known.get(), context)
            && keys.size() == known.get().key().size()
            && taken.whole();
    return fields.planned(
        whole
            ? Optional.of(new Operation.Lookup(name.value(), keys, taken.fields(), missing))
            : Optional.empty(),
        taken.rows(),
        context);
  }

  /** What takes a row away must be equal to the row, so it must find what the row has found. */
  private static boolean isSteady(
      Placed<String> table, Surroundings.KnownTable known, StepContext context) {
    boolean steady = !known.refreshed() || !context.rows().beside().changes();
    if (!steady) {
      context.problem(
          ProblemCode.E215,
          table.origin(),
          "the table `"
              + table.value()
              + "` is read again (`refresh`), and the rows here are changes: one that takes a row away might find other fields than the row did",
          "leave `refresh` out, or put the step above the one that makes changes");
    }
    return steady;
  }

  private static Optional<Surroundings.KnownTable> table(
      Placed<String> table, StepContext context) {
    Map<String, Optional<Surroundings.KnownTable>> tables = context.surroundings().tables();
    Optional<Surroundings.KnownTable> known = tables.get(table.value());
    if (known == null) {
      context.problem(
          ProblemCode.E209,
          table.origin(),
          "unknown table `" + table.value() + "`",
          Nearest.hint(table.value(), "tables", tables.keySet()));
      return Optional.empty();
    }
    return known;
  }

  private List<Expression> keys(
      Placed<String> table, Surroundings.KnownTable known, StepContext context) {
    List<Expression> keys = new ArrayList<>();
    for (Entry<FieldPath> entry : on.entries()) {
      String theirs = entry.value().toString();
      if (!known.key().contains(theirs)) {
        context.problem(
            known.schema().indexOf(theirs) < 0 ? ProblemCode.E301 : ProblemCode.E110,
            entry.valueOrigin(),
            "`" + theirs + "` is not in the key of the table `" + table.value() + "`",
            "the key is " + String.join(", ", known.key()) + "; write `mine: theirs`");
      }
    }
    for (String key : known.key()) {
      Optional<Entry<FieldPath>> entry =
          on.entries().stream().filter(e -> e.value().toString().equals(key)).findFirst();
      if (entry.isEmpty()) {
        boolean reported =
            on.entries().stream().anyMatch(e -> !known.key().contains(e.value().toString()));
        if (!reported) {
          context.problem(
              ProblemCode.E110,
              context.origin(),
              "`on` leaves out `"
                  + key
                  + "`, a part of the key of the table `"
                  + table.value()
                  + "`",
              "add the field that equals it: `mine: " + key + "`");
        }
        continue;
      }
      ValueType type = known.schema().field(key).orElseThrow().type().asOptional();
      context
          .check(Woven.own(Woven.path(entry.get().name()), entry.get().origin()), type)
          .ifPresent(keys::add);
    }
    return keys;
  }
}
