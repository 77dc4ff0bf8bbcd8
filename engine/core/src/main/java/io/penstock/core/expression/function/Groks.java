package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.grok.Grok;
import io.penstock.core.expression.grok.GrokMistake;
import io.penstock.core.expression.grok.GrokPatterns;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Functions of grok patterns. */
public final class Groks {
  private Groks() {}

  @Function(
      family = Family.LOGS,
      signature = "(text: string, pattern: string) -> any",
      summary =
          "The fields of the first place that a pattern of named patterns finds, as a record (a map of texts where the pattern is not constant); the named patterns are those below and those of `patterns:`.",
      examples = {
        "parse_grok('GET /a 17', '%{WORD:verb} %{URIPATH:path} %{INT:bytes:int}').bytes == 17",
        "parse_grok('10.0.0.1 -', '%{IP:[client][ip]} (?:-|%{INT:n:int})').client.ip == '10.0.0.1'",
        "parse_grok('10.0.0.1 -', '%{IP:[client][ip]} (?:-|%{INT:n:int})').n === null",
        "parse_grok('id ab', 'id (?<id>[a-z]+)').id == 'ab'"
      },
      fails = "the pattern is not found, or a part of the text is not of its field's type",
      typing = GrokRecord.class)
  public static Object parseGrok(Call call, String text, String pattern) {
    return parseGrok(call, text, pattern, Map.of());
  }

  @Function(
      family = Family.LOGS,
      signature = "(text: string, pattern: string, patterns: map<string>) -> any",
      summary = "The same with further named patterns.",
      examples =
          "parse_grok('ORD-17', '%{ORDER:order}', map_of('ORDER', 'ORD-[0-9]+')).order == 'ORD-17'",
      fails = "the pattern is not found, or a part of the text is not of its field's type",
      typing = GrokRecord.class)
  public static Object parseGrok(Call call, String text, String pattern, Map<String, ?> patterns) {
    Grok grok = call.remember(0, new Source(pattern, patterns), Source::grok);
    boolean record = call.result().type() instanceof DataType.RecordOf;
    Optional<?> found = record ? grok.record(text) : grok.texts(text);
    return found.orElseThrow(
        () ->
            new EvaluationException(
                ProblemCode.D205,
                Failure.quoted(text) + " does not match " + Failure.quoted(pattern)));
  }

  private record Source(String pattern, Map<String, ?> patterns) {
    Grok grok() {
      try {
        return Grok.of(pattern, GrokPatterns.with(texts(patterns)));
      } catch (GrokMistake mistake) {
        throw Failure.pattern(mistake.text());
      }
    }
  }

  private static Map<String, String> texts(Map<?, ?> patterns) {
    Map<String, String> texts = new HashMap<>();
    patterns.forEach((name, pattern) -> texts.put((String) name, (String) pattern));
    return texts;
  }

  /** A constant pattern's fields are a record's. */
  public static final class GrokRecord implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Optional<Object> pattern = arguments.constant(1);
      Optional<Object> patterns =
          arguments.count() == 3 ? arguments.constant(2) : Optional.of(Map.of());
      boolean known = pattern.isPresent() && patterns.isPresent();
      if (!known) {
        return ValueType.required(new DataType.MapOf(ValueType.optional(DataType.STRING)));
      }
      Grok grok = grok((String) pattern.get(), texts((Map<?, ?>) patterns.get()));
      if (grok.type().schema().columns() == 0) {
        throw new Typing.Mistake(
            1, "the pattern makes no field", "name a part: `%{NUMBER:bytes:int}`");
      }
      return ValueType.required(grok.type());
    }

    private static Grok grok(String pattern, Map<String, String> patterns) {
      try {
        return Grok.of(pattern, GrokPatterns.with(patterns));
      } catch (GrokMistake mistake) {
        throw mistake.reported()
            ? Typing.Mistake.reported(1)
            : new Typing.Mistake(1, mistake.text(), mistake.hint());
      }
    }
  }
}
