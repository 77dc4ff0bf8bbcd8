package io.penstock.core.replay;

import io.penstock.core.operator.DeadLetters;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A dead letter, read back.
 *
 * @param step the step that failed
 * @param stage {@code decode}, {@code transform} or {@code sink}
 * @param source the source that the record came from
 * @param split empty where there is none
 * @param position in the split; -1 for a made row
 * @param line the line of the source's file, where the message names it; else 1
 * @param eventTime the row's time in microseconds
 * @param attempt how often it has been tried
 * @param row as it entered the step
 * @param raw the record as it stood in the source
 */
record Letter(
    String pipeline,
    String step,
    String stage,
    String source,
    String split,
    long position,
    long line,
    OptionalLong eventTime,
    long attempt,
    Optional<Json> row,
    Optional<byte[]> raw) {

  /** A line of a file of letters. */
  static Letter of(byte[] text) throws UnfitLetterException {
    Json json;
    try {
      json = Json.parse(text, 0, text.length);
    } catch (JsonProblem e) {
      throw new UnfitLetterException("the line is no JSON object");
    }
    long version = json.member("version").map(v -> v.asLong().orElse(0)).orElse(0L);
    if (json.kind() != Json.Kind.OBJECT || version == 0) {
      throw new UnfitLetterException("the line is no dead letter");
    }
    if (version > DeadLetters.VERSION) {
      throw new UnfitLetterException(
          "the letter has version " + version + ", this one knows " + DeadLetters.VERSION);
    }
    return read(json);
  }

  private static Letter read(Json json) throws UnfitLetterException {
    Optional<Json> source = json.member("source");
    String place = source.flatMap(s -> s.member("position")).flatMap(Json::asText).orElse("");
    int at = place.lastIndexOf('@');
    return new Letter(
        text(json, "pipeline"),
        text(json, "step"),
        text(json, "stage"),
        source.map(s -> text(s, "step")).orElse(""),
        at < 0 ? "" : place.substring(0, at),
        place.isEmpty() ? -1 : number(place.substring(at + 1)),
        line(text(json, "message")),
        time(json.member("event_time").flatMap(Json::asText)),
        json.member("attempt").map(a -> a.asLong().orElse(1)).orElse(1L),
        json.member("row").filter(row -> !row.isNull()),
        raw(json));
  }

  private static String text(Json json, String name) {
    return json.member(name).flatMap(Json::asText).orElse("");
  }

  private static long number(String text) throws UnfitLetterException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UnfitLetterException("the position `" + text + "` is no number");
    }
  }

  /** The engine writes {@code , in `file` line 12} behind what a decoder says. */
  private static long line(String message) {
    int at = message.lastIndexOf("` line ");
    String digits = at < 0 ? "" : message.substring(at + "` line ".length());
    boolean number =
        !digits.isEmpty() && digits.length() < 19 && digits.chars().allMatch(Character::isDigit);
    return number ? Long.parseLong(digits) : 1;
  }

  private static OptionalLong time(Optional<String> text) throws UnfitLetterException {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text.get())));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new UnfitLetterException("the event time `" + text.get() + "` is no timestamp");
    }
  }

  private static Optional<byte[]> raw(Json json) throws UnfitLetterException {
    Optional<String> text = json.member("raw").flatMap(Json::asText);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean cut = json.member("truncated").flatMap(Json::asBoolean).orElse(false);
    if (cut) {
      throw new UnfitLetterException("the record was cut when the letter was written");
    }
    if (!text(json, "raw_encoding").equals("base64")) {
      return Optional.of(text.get().getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text.get()));
    } catch (IllegalArgumentException e) {
      throw new UnfitLetterException("its `raw` is no base64");
    }
  }
}
