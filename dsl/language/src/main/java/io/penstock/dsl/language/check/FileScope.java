package io.penstock.dsl.language.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.Parameter;
import io.penstock.core.expression.UserFunction;
import io.penstock.core.expression.grok.GrokMistake;
import io.penstock.core.expression.grok.OwnPatterns;
import io.penstock.dsl.language.bind.BoundChain;
import io.penstock.dsl.language.bind.BoundFunction;
import io.penstock.dsl.language.bind.BoundParameter;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.TakenName;
import io.penstock.dsl.language.schema.ConstantReader;
import io.penstock.dsl.language.schema.DeclaredType;
import io.penstock.dsl.language.schema.TypeReader;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.transform.Rows;
import io.penstock.dsl.language.transform.SharedChain;
import io.penstock.dsl.language.transform.StepContext;
import io.penstock.dsl.language.transform.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a file gives to all of its steps: parameters, functions, chains. */
final class FileScope {
  private final BoundPipeline pipeline;
  private final TypeReader types;
  private final Problems problems;

  FileScope(BoundPipeline pipeline, TypeReader types, Problems problems) {
    this.pipeline = pipeline;
    this.types = types;
    this.problems = problems;
  }

  Surroundings surroundings(
      Map<String, Optional<Surroundings.KnownTable>> tables, boolean javaAllowed) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    pipeline.parameters().forEach(p -> parameters.put(p.name(), parameter(p)));
    Map<String, UserFunction> functions = new LinkedHashMap<>();
    pipeline.functions().forEach(f -> functions.put(f.name(), function(f)));
    Map<String, SharedChain> chains = new LinkedHashMap<>();
    pipeline.chains().forEach(c -> chains.put(c.name(), chain(c)));
    return new Surroundings(parameters, functions, tables, chains, patterns(), types, javaAllowed);
  }

  /** The patterns of the file; those that cannot be read are reported at their places. */
  private Map<String, String> patterns() {
    if (pipeline.patterns().isEmpty()) {
      return Map.of();
    }
    Map<String, String> written = new LinkedHashMap<>();
    pipeline.patterns().forEach((name, pattern) -> written.put(name, pattern.value()));
    OwnPatterns own = OwnPatterns.of(written);
    own.mistakes().forEach((name, mistake) -> report(pipeline.patterns().get(name), mistake));
    return own.readable();
  }

  private void report(@Nullable Placed<String> pattern, GrokMistake mistake) {
    if (pattern != null) {
      problems.add(ProblemCode.E117, pattern.origin(), mistake.text(), mistake.hint());
    }
  }

  /** Looks at the functions of the file as if each was called, for what nobody calls. */
  void look(Surroundings surroundings) {
    for (BoundFunction bound : pipeline.functions()) {
      UserFunction function = function(bound);
      List<Field> fields = new ArrayList<>();
      for (UserFunction.Taken taken : function.takes()) {
        ValueType type = taken.type().orElse(ValueType.required(new DataType.Decimal(38, 6)));
        fields.add(new Field(taken.name(), type));
      }
      Problems found = new Problems();
      StepContext context =
          new StepContext(Rows.of(Schema.of(fields)), bound.origin(), surroundings, found);
      List<String> names = fields.stream().map(Field::name).toList();
      context.check(
          ExpressionText.at(bound.name() + "(" + String.join(", ", names) + ")", bound.origin()));
      for (Problem problem : found.inFileOrder()) {
        if (problems.inFileOrder().stream().noneMatch(p -> same(p, problem))) {
          problems.add(problem);
        }
      }
    }
  }

  private static boolean same(Problem a, Problem b) {
    return a.code() == b.code() && a.origin().equals(b.origin());
  }

  private Parameter parameter(BoundParameter bound) {
    ValueType type =
        bound
            .type()
            .flatMap(node -> types.type(FieldPath.of(bound.name()), node))
            .map(DeclaredType::type)
            .orElse(ValueType.required(DataType.STRING));
    Optional<Object> value =
        bound
            .value()
            .flatMap(node -> new ConstantReader(problems).read(bound.name(), type, node))
            .flatMap(ConstantReader.Constant::value);
    return new Parameter(type, value, bound.secret());
  }

  private UserFunction function(BoundFunction bound) {
    List<UserFunction.Taken> takes = new ArrayList<>();
    for (TakenName taken : bound.takes()) {
      boolean anyDecimal =
          taken.type() instanceof Scalar scalar && scalar.text().trim().equals("decimal");
      Optional<ValueType> type =
          anyDecimal
              ? Optional.empty()
              : types.type(FieldPath.of(taken.name()), taken.type()).map(DeclaredType::type);
      takes.add(new UserFunction.Taken(taken.name(), type));
    }
    return new UserFunction(bound.name(), takes, bound.is());
  }

  private SharedChain chain(BoundChain bound) {
    List<Field> fields = new ArrayList<>();
    for (TakenName taken : bound.takes()) {
      types
          .type(FieldPath.of(taken.name()), taken.type())
          .ifPresent(type -> fields.add(new Field(taken.name(), type.type())));
    }
    return new SharedChain(bound.name(), Schema.of(fields), bound.steps());
  }
}
