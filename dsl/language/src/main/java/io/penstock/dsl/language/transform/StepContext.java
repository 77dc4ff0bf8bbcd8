package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a transform is turned into an operation: the rows that come in and what the file knows.
 * Reports what is wrong, but nothing that only follows from a mistake above.
 */
public final class StepContext {
  private static final Pattern DRAWN = Pattern.compile("\\b(random|uuid_v4|uuid_v7)\\s*\\(");

  private final Rows rows;
  private final Optional<Rows> others;
  private final Origin origin;
  private final Surroundings surroundings;
  private final Problems problems;

  /**
   * A context.
   *
   * @param origin the component's key
   */
  public StepContext(Rows rows, Origin origin, Surroundings surroundings, Problems problems) {
    this(rows, Optional.empty(), origin, surroundings, problems);
  }

  private StepContext(
      Rows rows,
      Optional<Rows> others,
      Origin origin,
      Surroundings surroundings,
      Problems problems) {
    this.rows = rows;
    this.others = others;
    this.origin = origin;
    this.surroundings = surroundings;
    this.problems = problems;
  }

  /** The same place with the rows of another step that are read too. */
  public StepContext beside(Rows others) {
    return new StepContext(rows, Optional.of(others), origin, surroundings, problems);
  }

  /** The rows of another step that are read too. */
  Rows others() {
    return others.orElse(Rows.unknown());
  }

  /** The rows that come in. */
  public Rows rows() {
    return rows;
  }

  Schema schema() {
    return rows.schema();
  }

  Origin origin() {
    return origin;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Problems problems() {
    return problems;
  }

  StepContext over(Rows newRows) {
    return new StepContext(newRows, others, origin, surroundings, problems);
  }

  StepContext at(Origin newOrigin) {
    return new StepContext(rows, others, newOrigin, surroundings, problems);
  }

  void problem(ProblemCode code, Origin at, String message, String hint) {
    problems.add(code, at, message, hint);
  }

  /** What names mean for an expression over the rows that come in. */
  public Scope scope() {
    return new Scope(
        rows.schema(),
        Map.of(),
        Map.of(),
        surroundings.parameters(),
        rows.meta(),
        surroundings.functions(),
        surroundings.patterns());
  }

  /** A checked expression of whatever type. */
  public Optional<Expression> check(ExpressionText text) {
    return checked(text.text(), (checker, scope) -> checker.check(text, scope))
        .filter(e -> repeats(e, text));
  }

  /** What is drawn by a row's position cannot be drawn for rows that have none. */
  private boolean repeats(Expression expression, ExpressionText text) {
    if (!staysTheSame(expression, text)) {
      return false;
    }
    if (expression.deterministic() || !rows.made()) {
      return true;
    }
    StringBuilder all = new StringBuilder(text.text());
    surroundings.functions().values().stream()
        .filter(f -> mentions(text.text(), Set.of(f.name())))
        .forEach(f -> all.append(' ').append(f.is().text()));
    Matcher drawn = DRAWN.matcher(all);
    if (!drawn.find()) {
      return true;
    }
    problem(
        ProblemCode.E213,
        text.origin(),
        "`" + drawn.group(1) + "` cannot stand behind a step that makes rows of several others",
        "set it in a step above, and use the field here");
    return false;
  }

  /** A change that takes a row away must give what the row has given. */
  boolean staysTheSame(Expression expression, ExpressionText text) {
    if (expression.deterministic() || !rows.beside().changes()) {
      return true;
    }
    problem(
        ProblemCode.E213,
        text.origin(),
        "the rows are changes, and what takes a row away would not get the value that the row has had",
        "set it in a step above the one that makes changes, and use the field here");
    return false;
  }

  /** A checked expression that gives this type. */
  public Optional<Expression> check(ExpressionText text, ValueType wanted) {
    return checked(text.text(), (checker, scope) -> checker.check(text, scope, wanted))
        .filter(e -> repeats(e, text));
  }

  /** A checked condition; null is not true. */
  public Optional<Expression> condition(ExpressionText text) {
    return check(text, ValueType.optional(DataType.BOOLEAN));
  }

  /** Whatever the checker gives; empty where something is wrong here or above. */
  <T> Optional<T> checked(String text, BiFunction<ExpressionChecker, Scope, Optional<T>> work) {
    Problems found = new Problems();
    Optional<T> result = work.apply(new ExpressionChecker(found), scope());
    boolean doubtful = !rows.known() || mentions(text, rows.doubtful());
    for (Problem problem : found.inFileOrder()) {
      if (!doubtful || !follows(problem)) {
        problems.add(problem);
      }
    }
    return doubtful ? Optional.empty() : result;
  }

  /** Whether the problem may come from a mistake above alone. */
  private boolean follows(Problem problem) {
    String code = problem.code().name();
    boolean name = code.equals("E301") || code.equals("E024") || code.equals("E312");
    return code.startsWith("E4") || name && !rows.known();
  }

  static boolean mentions(String text, Set<String> names) {
    for (String name : names) {
      String word = "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])";
      if (Pattern.compile(word).matcher(text).find()) {
        return true;
      }
    }
    return false;
  }

  /** A plain copy of a field. */
  Expression copy(String name, Origin at) {
    return new ExpressionChecker(problems).field(rows.schema(), name, at);
  }

  /**
   * The type of the field at a path; empty, and reported, where there is none. Below json all is
   * json.
   */
  Optional<ValueType> typeAt(FieldPath path, Origin at) {
    if (rows.known() && !rows.has(path.first())) {
      unknownField(path.first(), at);
      return Optional.empty();
    }
    return check(Woven.own(Woven.path(path), at)).map(Expression::type);
  }

  /** Reports a field that is not there. */
  void unknownField(String name, Origin at) {
    if (rows.known()) {
      problem(
          ProblemCode.E301,
          at,
          "unknown field `" + name + "`",
          Nearest.hint(name, "fields here", rows.schema().names()));
    }
  }

  /** Reports a name that a field has already. */
  void taken(String name, Origin at) {
    if (!rows.doubtful().contains(name)) {
      problem(
          ProblemCode.E409,
          at,
          "the row has a field `" + name + "` already",
          "give the new one another name");
    }
  }

  /**
   * An expression of a template: its value as a text.
   *
   * @param raw whether null stays null, otherwise it is nothing; and bytes stay bytes
   */
  public Optional<Expression> text(ExpressionText written, boolean raw) {
    Optional<Expression> value = check(written);
    return value.flatMap(
        e -> {
          boolean string = e.type().type().equals(DataType.STRING);
          boolean bytes = raw && e.type().type().equals(DataType.BYTES);
          if (bytes || string && (raw || !e.type().optional())) {
            return value;
          }
          return check(Constants.asText(written, string, !raw && e.type().optional()));
        });
  }

  /** Reports an input that never ends below which a result would never come. */
  void wantsEnd(String component) {
    boolean changes = component.equals("aggregate") || component.equals("top");
    String hint =
        (changes ? "write `emit: changes`, add a `window`, " : "")
            + "give the source an end, such as `count`, or put a `limit` above";
    rows.endless()
        .ifPresent(
            source ->
                problem(
                    ProblemCode.E212,
                    origin,
                    "`"
                        + component
                        + "` gives its result at the end of its input, and `"
                        + source
                        + "` has none",
                    hint));
  }

  /** The rows of a step that holds the input back: the fields stay, metadata does not. */
  Rows made() {
    return rows.made(rows.schema(), rows.doubtful());
  }
}
