package io.penstock.connectors.standard.json;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.Checks;
import io.penstock.api.option.NamedFile;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import io.penstock.json.PlacedJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A file with a JSON Schema: finds what its references name, and says what is wrong in it. Nothing
 * outside the file is ever asked for.
 */
final class JsonSchemaFile {
  private static final String HINT = "name a file with the JSON Schema of an object";
  private static final List<String> ELSEWHERE = List.of("$ref", "allOf", "oneOf", "anyOf");
  private static final List<String> DEFINITIONS = List.of("$defs", "definitions");

  private final NamedFile file;
  private final Checks checks;
  private final PlacedJson root;
  private final String id;
  private boolean wrong;

  private JsonSchemaFile(NamedFile file, PlacedJson root, Checks checks) {
    this.file = file;
    this.root = root;
    this.checks = checks;
    String written = root.member("$id").flatMap(PlacedJson::asText).orElse("");
    this.id = written.endsWith("#") ? written.substring(0, written.length() - 1) : written;
  }

  /** The fields; empty where something is wrong, which is reported at {@code file}. */
  static Optional<Schema> read(NamedFile file, Checks checks) {
    byte[] bytes = file.bytes();
    try {
      return new JsonSchemaFile(file, PlacedJson.parse(bytes), checks).fields();
    } catch (JsonProblem notJson) {
      PlacedJson.Place at = PlacedJson.Place.of(bytes, notJson.offset());
      report(checks, file, at, "no JSON: " + notJson.text(), HINT);
      return Optional.empty();
    }
  }

  private Optional<Schema> fields() {
    ValueType type = new JsonSchemaTypes(this).of(root);
    if (type.type() instanceof DataType.RecordOf record && !wrong) {
      return Optional.of(record.schema());
    }
    if (!wrong) {
      Optional<String> word = ELSEWHERE.stream().filter(root.members()::containsKey).findFirst();
      report(
          root,
          "the schema is no object with `properties`, and a row is one"
              + word.map(w -> "; what stands in `" + w + "` is not put together").orElse(""),
          "say `\"type\": \"object\"` and all its `properties` there");
    }
    return Optional.empty();
  }

  /** Whether what stands beside a reference does not count, as up to draft 7. */
  boolean referencesStandAlone() {
    return root.member("$schema")
        .flatMap(PlacedJson::asText)
        .filter(draft -> draft.contains("/draft-0"))
        .isPresent();
  }

  /** What a reference names; empty where that is nothing in the file, which is reported. */
  Optional<PlacedJson> named(PlacedJson reference) {
    String written = reference.asText().orElse("");
    String text =
        !id.isEmpty() && written.startsWith(id + "#") ? written.substring(id.length()) : written;
    if (!text.startsWith("#")) {
      report(
          reference,
          "`" + written + "` lies outside the file, and nothing is fetched",
          "put what it names under `$defs` there, and write `#/$defs/name`");
      return Optional.empty();
    }
    Optional<PlacedJson> found = at(text.substring(1));
    if (found.isEmpty()) {
      List<String> known =
          DEFINITIONS.stream()
              .flatMap(
                  all ->
                      root.member(all).map(PlacedJson::members).stream()
                          .flatMap(m -> m.keySet().stream().map(n -> "#/" + all + "/" + n)))
              .toList();
      report(
          reference,
          "`" + written + "` names nothing in the file",
          Nearest.hint(text, "definitions", known));
    }
    return found;
  }

  /** What a pointer leads to, or the definition that has an anchor. */
  private Optional<PlacedJson> at(String pointer) {
    if (!pointer.isEmpty() && !pointer.startsWith("/")) {
      return anchored(pointer);
    }
    Optional<PlacedJson> at = Optional.of(root);
    for (String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String name = decoded(step).replace("~1", "/").replace("~0", "~");
      at =
          at.flatMap(
              value -> value.kind() == Json.Kind.LIST ? element(value, name) : value.member(name));
    }
    return at;
  }

  private Optional<PlacedJson> anchored(String anchor) {
    return DEFINITIONS.stream()
        .flatMap(all -> root.member(all).map(PlacedJson::members).stream())
        .flatMap(definitions -> definitions.values().stream())
        .filter(
            definition ->
                says(definition, "$anchor", anchor) || says(definition, "$id", "#" + anchor))
        .findFirst();
  }

  private static boolean says(PlacedJson value, String member, String text) {
    return value.member(member).flatMap(PlacedJson::asText).filter(text::equals).isPresent();
  }

  private static Optional<PlacedJson> element(PlacedJson list, String index) {
    boolean there = index.matches("[0-9]{1,6}") && Integer.parseInt(index) < list.elements().size();
    return there ? Optional.of(list.elements().get(Integer.parseInt(index))) : Optional.empty();
  }

  private static String decoded(String step) {
    try {
      return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return step;
    }
  }

  void report(PlacedJson at, String what, String hint) {
    wrong = true;
    report(checks, file, at.place(), what, hint);
  }

  private static void report(
      Checks checks, NamedFile file, PlacedJson.Place at, String what, String hint) {
    checks.problem(ProblemCode.E118, "file", at + " of `" + file.path() + "`: " + what, hint);
  }
}
