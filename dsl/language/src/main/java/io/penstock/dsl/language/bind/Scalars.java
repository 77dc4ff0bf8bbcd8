package io.penstock.dsl.language.bind;

import io.penstock.api.option.DataSize;
import io.penstock.api.option.OutOfOrder;
import io.penstock.api.option.Patience;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Share;
import io.penstock.api.option.Span;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.OptionType.Kind;
import io.penstock.dsl.language.option.OptionType.Words;
import io.penstock.dsl.language.syntax.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the text of a scalar by the declared type of its option. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9][0-9_]*");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9][0-9_]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
  private static final Pattern DURATION = Pattern.compile("(-?[0-9]{1,18})(us|ms|s|m|h|d)");
  private static final Pattern SPAN = Pattern.compile("(-?[0-9]{1,9})(us|ms|s|mo|m|h|d|w|y)");
  private static final Map<String, Span.Unit> UNITS =
      Map.of(
          "d", Span.Unit.DAYS,
          "w", Span.Unit.WEEKS,
          "mo", Span.Unit.MONTHS,
          "y", Span.Unit.YEARS);
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([KMGT]i?B|B)");
  private static final Pattern RATE = Pattern.compile("([0-9]{1,18})/(s|m|h|d)");
  private static final Pattern SHARE = Pattern.compile("([0-9]{1,9}(\\.[0-9]{1,15})?)%");
  private static final Map<String, Long> MICROS =
      Map.of(
          "us", 1L,
          "ms", 1_000L,
          "s", 1_000_000L,
          "m", 60_000_000L,
          "h", 3_600_000_000L,
          "d", 86_400_000_000L);
  private static final Map<String, Long> BYTES =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);
  private static final int LONGEST_SHOWN = 80;

  private final Problems problems;

  Scalars(Problems problems) {
    this.problems = problems;
  }

  /** The value; empty where the text has another form or is out of range, reported. */
  Optional<?> read(Kind kind, Variables.Replaced replaced, Spot spot) {
    Reading reading = new Reading(replaced, spot);
    return switch (kind) {
      case TEXT -> reading.text();
      case CHARACTER -> reading.character();
      case BOOLEAN -> reading.bool();
      case INT -> reading.whole(Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
      case LONG -> reading.whole(Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> reading.number().map(BigDecimal::doubleValue);
      case DECIMAL -> reading.number();
      case DURATION -> reading.duration();
      case SPAN -> reading.span();
      case OUT_OF_ORDER -> reading.outOfOrder();
      case PATIENCE -> reading.patience();
      case SIZE -> reading.size();
      case RATE -> reading.rate();
      case SHARE -> reading.share();
      case ZONE -> reading.zone();
      case CHARSET -> reading.charset();
      case PATH -> FieldPaths.read(replaced.scalar().text()).or(() -> reading.wrong(FORM_PATH));
      case TEMPLATE, FILE -> throw new AssertionError(kind + " is not read from its text alone");
    };
  }

  /** The constant that the text names. */
  Optional<Object> word(Words words, Variables.Replaced replaced, Spot spot) {
    List<String> known = words.words();
    int index = known.indexOf(replaced.scalar().text());
    if (index < 0) {
      Reading reading = new Reading(replaced, spot);
      Optional<String> meant = io.penstock.api.problem.Nearest.to(replaced.scalar().text(), known);
      String list = String.join(", ", known.stream().map(w -> "`" + w + "`").toList());
      reading.report(
          ProblemCode.E104,
          "`"
              + spot.name()
              + "` must be "
              + (known.size() > 1 ? "one of " : "")
              + list
              + ", not "
              + reading.shown(),
          meant.map(m -> "did you mean `" + m + "`?").orElse("write one of them"));
      return Optional.empty();
    }
    return Optional.of(words.type().getEnumConstants()[index]);
  }

  static String form(Kind kind) {
    return switch (kind) {
      case TEXT -> "a text";
      case CHARACTER -> "one character";
      case BOOLEAN -> "true or false";
      case INT, LONG -> "a whole number";
      case DOUBLE, DECIMAL -> "a number";
      case DURATION -> FORM_DURATION;
      case SPAN -> FORM_SPAN;
      case OUT_OF_ORDER -> FORM_DURATION + ", or `unbounded`";
      case PATIENCE -> FORM_DURATION + ", or `never`";
      case SIZE -> FORM_SIZE;
      case RATE -> FORM_RATE;
      case SHARE -> FORM_SHARE;
      case PATH -> FORM_PATH;
      case TEMPLATE -> "a text, in which `{expression}` is replaced for each row";
      case ZONE -> FORM_ZONE;
      case CHARSET -> FORM_CHARSET;
      case FILE -> "the path of a file";
    };
  }

  private static final String FORM_SPAN = "a length of time such as 10s, 5m, 2h, 1d, 1w, 1mo or 1y";
  private static final String FORM_DURATION = "a duration such as 250ms, 10s, 5m, 2h or 1d";
  private static final String FORM_SIZE = "a size such as 500B, 64KiB, 16MiB, 1GiB or 10MB";
  private static final String FORM_RATE = "a rate such as 100/s, 10/m or 5/h";
  private static final String FORM_SHARE = "a share from 0% to 100%, such as 1% or 0.5%";
  private static final String FORM_PATH = "a field such as `amount` or `address.street`";
  private static final String FORM_ZONE = "a time zone such as Europe/Paris or UTC";
  private static final String FORM_CHARSET =
      "an encoding such as utf-8, iso-8859-1 or windows-1252";

  /** A value as shown in messages. */
  static String shown(String text) {
    String line = text.replace("\n", "\\n").replace("\r", "\\r");
    return "`"
        + (line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line)
        + "`";
  }

  /** One scalar. */
  private final class Reading {
    private final Scalar scalar;
    private final String text;
    private final boolean secret;
    private final Spot spot;

    Reading(Variables.Replaced replaced, Spot spot) {
      this.scalar = replaced.scalar();
      this.text = scalar.text();
      this.secret = replaced.secret() || spot.secret();
      this.spot = spot;
    }

    private String shown() {
      if (secret) {
        return "`***`";
      }
      return text.isEmpty() ? "nothing" : Scalars.shown(text);
    }

    private void report(ProblemCode code, String message, String hint) {
      problems.add(code, scalar.origin(), message, hint);
    }

    private <T> Optional<T> wrong(String form) {
      return wrong(form, "write it in one of these forms");
    }

    private <T> Optional<T> wrong(String form, String hint) {
      report(ProblemCode.E104, "`" + spot.name() + "` must be " + form + ", not " + shown(), hint);
      return Optional.empty();
    }

    private <T> Optional<T> outOfRange(String limits) {
      report(
          ProblemCode.E105,
          "`" + spot.name() + "` must be " + limits + ", not " + shown(),
          "choose a value within the limits");
      return Optional.empty();
    }

    private Optional<String> text() {
      boolean nothing = text.isEmpty() && scalar.style() == Scalar.Style.PLAIN;
      return nothing ? wrong("a text", "write `\"\"` for an empty text") : Optional.of(text);
    }

    private Optional<Character> character() {
      return text.length() == 1 ? Optional.of(text.charAt(0)) : wrong("one character", "quote it");
    }

    private Optional<Boolean> bool() {
      if (text.equals("true") || text.equals("false")) {
        return Optional.of(text.equals("true"));
      }
      return switch (text.toLowerCase(java.util.Locale.ROOT)) {
        case "yes", "on", "y", "true", "1" -> wrong("true or false", "write `true`");
        case "no", "off", "n", "false", "0" -> wrong("true or false", "write `false`");
        default -> wrong("true or false", "write `true` or `false`");
      };
    }

    private Optional<Long> whole(long lowest, long highest) {
      long least = Math.max(lowest, spot.range().least());
      long most = Math.min(highest, spot.range().most());
      boolean lower = least > lowest;
      boolean upper = most < highest;
      String limits =
          lower && upper
              ? " from " + least + " to " + most
              : lower ? " of at least " + least : upper ? " of at most " + most : "";
      if (!WHOLE.matcher(text).matches()) {
        return wrong("a whole number" + limits, "write it in digits");
      }
      BigInteger value = new BigInteger(text.replace("_", "").replace("+", ""));
      boolean fits =
          value.compareTo(BigInteger.valueOf(least)) >= 0
              && value.compareTo(BigInteger.valueOf(most)) <= 0;
      return fits
          ? Optional.of(value.longValueExact())
          : outOfRange(
              "a whole number" + (limits.isEmpty() ? " from " + least + " to " + most : limits));
    }

    private Optional<BigDecimal> number() {
      if (!NUMBER.matcher(text).matches()) {
        return wrong("a number", "write it in digits, with a point");
      }
      BigDecimal value = new BigDecimal(text.replace("_", ""));
      boolean low =
          spot.range().least() != Long.MIN_VALUE
              && value.compareTo(BigDecimal.valueOf(spot.range().least())) < 0;
      boolean high =
          spot.range().most() != Long.MAX_VALUE
              && value.compareTo(BigDecimal.valueOf(spot.range().most())) > 0;
      if (low || high) {
        return outOfRange(
            low ? "at least " + spot.range().least() : "at most " + spot.range().most());
      }
      return Optional.of(value);
    }

    private Optional<Duration> duration() {
      Matcher matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        return text.matches("[0-9]+")
            ? wrong(FORM_DURATION, "add the unit: `" + text + "s`")
            : wrong(FORM_DURATION);
      }
      boolean mayBeNegative = spot.range().least() < 0 && spot.range().least() != Long.MIN_VALUE;
      if (text.startsWith("-") && !mayBeNegative) {
        return outOfRange("a duration such as 10s that is not negative");
      }
      try {
        long micros =
            Math.multiplyExact(
                Long.parseLong(matcher.group(1)), MICROS.getOrDefault(matcher.group(2), 1L));
        return Optional.of(Duration.ofNanos(0).plus(micros, java.time.temporal.ChronoUnit.MICROS));
      } catch (ArithmeticException e) {
        return outOfRange("a duration such as 250ms, 10s, 5m, 2h or 1d, at most 100000000d");
      }
    }

    private Optional<Patience> patience() {
      return text.equals("never")
          ? Optional.of(Patience.ENDLESS)
          : duration().map(most -> new Patience(Optional.of(most)));
    }

    private Optional<OutOfOrder> outOfOrder() {
      return text.equals("unbounded")
          ? Optional.of(OutOfOrder.UNBOUNDED)
          : duration().map(most -> new OutOfOrder(Optional.of(most)));
    }

    private Optional<Span> span() {
      Matcher matcher = SPAN.matcher(text);
      if (!matcher.matches()) {
        return text.matches("[0-9]+")
            ? wrong(FORM_SPAN, "add the unit: `" + text + "s`")
            : wrong(FORM_SPAN);
      }
      long count = Long.parseLong(matcher.group(1));
      Span.Unit unit = UNITS.getOrDefault(matcher.group(2), Span.Unit.MICROS);
      long micros = MICROS.getOrDefault(matcher.group(2), 1L);
      return Optional.of(new Span(unit == Span.Unit.MICROS ? count * micros : count, unit));
    }

    private Optional<DataSize> size() {
      Matcher matcher = SIZE.matcher(text);
      if (!matcher.matches()) {
        return text.matches("[0-9]+")
            ? wrong(FORM_SIZE, "add the unit: `" + text + "B`")
            : wrong(FORM_SIZE);
      }
      try {
        return Optional.of(
            new DataSize(
                Math.multiplyExact(
                    Long.parseLong(matcher.group(1)), BYTES.getOrDefault(matcher.group(2), 1L))));
      } catch (ArithmeticException e) {
        return outOfRange("a size of at most 1000000TiB");
      }
    }

    private Optional<Rate> rate() {
      Matcher matcher = RATE.matcher(text);
      if (!matcher.matches()) {
        return wrong(FORM_RATE);
      }
      long count = Long.parseLong(matcher.group(1));
      long micros = MICROS.getOrDefault(matcher.group(2), 1L);
      return count < 1
          ? outOfRange("a rate of at least 1, such as 1/s or 1/h")
          : Optional.of(new Rate(count, Duration.ofNanos(micros * 1000)));
    }

    private Optional<Share> share() {
      Matcher matcher = SHARE.matcher(text);
      if (!matcher.matches()) {
        return wrong(FORM_SHARE);
      }
      double percent = Double.parseDouble(matcher.group(1));
      return percent > 100 ? outOfRange(FORM_SHARE) : Optional.of(new Share(percent / 100));
    }

    private Optional<ZoneId> zone() {
      try {
        return Optional.of(ZoneId.of(text));
      } catch (DateTimeException e) {
        return wrong(FORM_ZONE);
      }
    }

    private Optional<Charset> charset() {
      try {
        return Optional.of(Charset.forName(text));
      } catch (IllegalArgumentException e) {
        return wrong(FORM_CHARSET);
      }
    }
  }
}
