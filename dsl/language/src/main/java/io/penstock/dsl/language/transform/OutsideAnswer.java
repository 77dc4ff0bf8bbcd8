package io.penstock.dsl.language.transform;

import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.option.Chosen;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.schema.DeclaredSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A lookup that asks an outside system, turned into its operation. */
final class OutsideAnswer {
  private static final int IN_FLIGHT = 16;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Lookup lookup;
  private final Chosen<LookupConfig> outside;
  private final StepContext context;

  OutsideAnswer(Lookup lookup, Chosen<LookupConfig> outside, StepContext context) {
    this.lookup = lookup;
    this.outside = outside;
    this.context = context;
  }

  Planned plan() {
    List<Expression> key = key();
    Optional<Format.Decoding> answer = answer();
    if (answer.isEmpty()) {
      return Planned.wrong(TakenFields.unknown(lookup.take(), context.rows()));
    }
    TakenFields fields =
        new TakenFields(
            lookup.take(), "the answer", outside.origin(), answer.get().schema(), List.of());
    TakenFields.Taken taken = fields.taken(lookup.missing(), context);
    boolean whole = key.size() == outside.config().key().size() && taken.whole();
    return fields.planned(
        whole ? Optional.of(operation(key, answer.get(), taken)) : Optional.empty(),
        taken.rows(),
        context);
  }

  private Operation.OutsideLookup operation(
      List<Expression> key, Format.Decoding answer, TakenFields.Taken taken) {
    LookupContext.Limits limits =
        new LookupContext.Limits(
            lookup.inFlight().orElse(IN_FLIGHT), lookup.timeout().orElse(TIMEOUT));
    return new Operation.OutsideLookup(
        outside.config(),
        key,
        answer,
        taken.fields(),
        lookup.missing(),
        new Operation.OutsideLookup.Asking(limits, lookup.remember()));
  }

  private List<Expression> key() {
    List<Expression> key = new ArrayList<>();
    for (KeyPart part : outside.config().key()) {
      (part.isText() ? context.text(part.value(), true) : context.check(part.value()))
          .filter(value -> fits(part, value.type()))
          .ifPresent(key::add);
    }
    return key;
  }

  private boolean fits(KeyPart part, ValueType type) {
    Optional<String> refusal = outside.config().refusal(part, type);
    refusal.ifPresent(
        why ->
            context.problem(
                ProblemCode.E402,
                part.value().origin(),
                "`" + part.value().text().strip() + "` " + why,
                "take a value that can be asked by, or `convert` it in a step above"));
    return refusal.isEmpty();
  }

  private Optional<Format.Decoding> answer() {
    LookupConfig config = outside.config();
    if (config.answer().isPresent()) {
      lookup
          .schema()
          .ifPresent(
              node ->
                  context.problem(
                      ProblemCode.E110,
                      node.origin(),
                      "an answer of `" + outside.name() + "` is always " + config.answer().get(),
                      "leave `schema` out"));
      return config.answer().map(fields -> decoding(fields, TextTypes.standard()));
    }
    if (lookup.schema().isEmpty()) {
      context.problem(
          ProblemCode.E103,
          outside.origin(),
          "what `" + outside.name() + "` answers is not known",
          "add `schema:` with the fields of an answer, such as `schema: { name: string }`");
      return Optional.empty();
    }
    Optional<DeclaredSchema> declared =
        lookup.schema().flatMap(node -> context.surroundings().types().schema(node, false));
    return declared.map(fields -> decoding(fields.schema(), fields.types()));
  }

  private static Format.Decoding decoding(Schema fields, TextTypes types) {
    return new Format.Decoding(
        fields,
        Set.of(),
        true,
        Format.UnknownFields.DROP,
        types,
        (int) Operation.MAX_RECORD.bytes(),
        List.of());
  }
}
