package io.penstock.dsl.launcher.test;

import io.penstock.api.data.Times;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * Whether a row is what a test expects: the fields named must match, the others are free. Numbers
 * are equal by value, to 1e-9 relative where they have a fraction; times by their instant.
 */
final class RowMatch {
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-9");

  private RowMatch() {}

  static boolean matches(Mapping expected, Json actual) {
    return expected.entries().stream()
        .allMatch(
            entry -> matches(entry.value(), actual.member(entry.name()).orElse(Json.ofNull())));
  }

  private static boolean matches(SyntaxNode expected, Json actual) {
    if (expected instanceof Mapping mapping) {
      return actual.kind() == Json.Kind.OBJECT && matches(mapping, actual);
    }
    if (expected instanceof Sequence sequence) {
      return actual.kind() == Json.Kind.LIST && matches(sequence.elements(), actual.elements());
    }
    return matches((Scalar) expected, actual);
  }

  private static boolean matches(List<SyntaxNode> expected, List<Json> actual) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!matches(expected.get(i), actual.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(Scalar expected, Json actual) {
    boolean plain = expected.style() == Scalar.Style.PLAIN;
    return switch (actual.kind()) {
      case NULL -> expected.isNull();
      case BOOLEAN -> plain && expected.text().equals(actual.toText());
      case NUMBER -> plain && matches(expected.text(), actual.asDecimal());
      case TEXT -> matches(expected.text(), actual.asText().orElse(""));
      case LIST, OBJECT -> false;
    };
  }

  private static boolean matches(String expected, Optional<BigDecimal> actual) {
    BigDecimal wanted;
    try {
      wanted = new BigDecimal(expected.replace("_", ""));
    } catch (NumberFormatException noNumber) {
      return false;
    }
    return actual.isPresent() && near(wanted, actual.get());
  }

  private static boolean near(BigDecimal a, BigDecimal b) {
    if (a.compareTo(b) == 0) {
      return true;
    }
    if (a.stripTrailingZeros().scale() <= 0 && b.stripTrailingZeros().scale() <= 0) {
      return false;
    }
    BigDecimal allowed = a.abs().max(b.abs()).multiply(TOLERANCE, MathContext.DECIMAL64);
    return a.subtract(b).abs().compareTo(allowed) <= 0;
  }

  private static boolean matches(String expected, String actual) {
    if (expected.equals(actual)) {
      return true;
    }
    long wanted = Times.parseTimestamp(expected);
    return wanted != Times.NONE && wanted == Times.parseTimestamp(actual);
  }
}
