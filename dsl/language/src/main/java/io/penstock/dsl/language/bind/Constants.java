package io.penstock.dsl.language.bind;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Constant;
import io.penstock.api.option.Entry;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads constants: unquoted scalars as in JSON, everything else is text. */
final class Constants {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
  private static final Pattern TRAILING_ZERO = Pattern.compile("-?[0-9]+\\.[0-9]*0");

  private final Templates templates;
  private final Problems problems;

  Constants(Templates templates, Problems problems) {
    this.templates = templates;
    this.problems = problems;
  }

  /** The constant; empty where a template in it cannot be read, reported. */
  Optional<Constant> read(SyntaxNode node, Spot spot) {
    if (node instanceof Sequence sequence) {
      List<Constant> values = new ArrayList<>();
      sequence.elements().forEach(e -> read(e, spot).ifPresent(values::add));
      return values.size() == sequence.elements().size()
          ? Optional.of(new Constant.Items(values))
          : Optional.empty();
    }
    if (node instanceof Mapping mapping) {
      List<Entry<Constant>> entries = new ArrayList<>();
      for (Mapping.Entry entry : mapping.entries()) {
        read(entry.value(), spot)
            .ifPresent(
                value ->
                    entries.add(
                        new Entry<>(
                            FieldPath.of(entry.name()),
                            entry.key().origin(),
                            value,
                            entry.value().origin())));
      }
      return entries.size() == mapping.entries().size()
          ? Optional.of(new Constant.Members(entries))
          : Optional.empty();
    }
    return scalar((Scalar) node, spot);
  }

  private Optional<Constant> scalar(Scalar scalar, Spot spot) {
    if (scalar.isBroken()) {
      return Optional.empty();
    }
    if (scalar.style() == Scalar.Style.PLAIN) {
      String text = scalar.text();
      if (scalar.isNull()) {
        return Optional.of(new Constant.Null());
      }
      if (text.equals("true") || text.equals("false")) {
        return Optional.of(new Constant.Bool(text.equals("true")));
      }
      if (NUMBER.matcher(text).matches()) {
        return Optional.of(number(scalar, text));
      }
    }
    return templates.read(scalar, spot).map(Constant.Text::new);
  }

  private Constant number(Scalar scalar, String text) {
    if (TRAILING_ZERO.matcher(text).matches()) {
      String read = new BigDecimal(text).stripTrailingZeros().toPlainString();
      problems.add(
          ProblemCode.W102,
          scalar.origin(),
          "`" + text + "` is read as the number " + read,
          "quote it to keep the zero: `\"" + text + "\"`");
    }
    if (WHOLE.matcher(text).matches()) {
      try {
        return new Constant.Whole(Long.parseLong(text));
      } catch (NumberFormatException e) {
        return new Constant.Number(new BigDecimal(text));
      }
    }
    return new Constant.Number(new BigDecimal(text));
  }
}
