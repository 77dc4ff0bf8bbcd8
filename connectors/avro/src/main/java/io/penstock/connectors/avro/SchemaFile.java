package io.penstock.connectors.avro;

import io.penstock.api.data.Schema;
import io.penstock.api.option.Checks;
import io.penstock.api.option.NamedFile;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonProblem;
import io.penstock.json.PlacedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file with an Avro schema. Avro's own parser stops at the first mistake and does not say
 * where it is, so the file is looked through before.
 */
final class SchemaFile {
  private static final String HINT = "name a file with the schema of a record, as JSON";

  /** The byte order mark, which Avro's parser does not take. */
  private static final String MARK = "\uFEFF";

  private final NamedFile file;
  private final Checks checks;

  private SchemaFile(NamedFile file, Checks checks) {
    this.file = file;
    this.checks = checks;
  }

  /** The fields; empty where something is wrong, which is reported at {@code file}. */
  static Optional<Schema> read(NamedFile file, Checks checks) {
    return new SchemaFile(file, checks).read();
  }

  private Optional<Schema> read() {
    byte[] bytes = file.bytes();
    PlacedJson json;
    try {
      json = PlacedJson.parse(bytes);
    } catch (JsonProblem notJson) {
      report(PlacedJson.Place.of(bytes, notJson.offset()), "no JSON: " + notJson.text(), HINT);
      return Optional.empty();
    }
    List<SchemaWalk.Complaint> complaints = SchemaWalk.over(json);
    complaints.forEach(wrong -> report(wrong.at(), wrong.what(), wrong.hint()));
    if (!complaints.isEmpty()) {
      return Optional.empty();
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      return Optional.of(
          FieldTypes.of(Schemas.read(text.startsWith(MARK) ? text.substring(1) : text)));
    } catch (BadDatum notRead) {
      report(json.place(), notRead.text(), HINT);
      return Optional.empty();
    }
  }

  private void report(PlacedJson.Place at, String what, String hint) {
    checks.problem(ProblemCode.E118, "file", at + " of `" + file.path() + "`: " + what, hint);
  }
}
