package io.penstock.connectors.avro;

import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaParseException;

/** Schemas as texts, and which go together. */
final class Schemas {
  private Schemas() {}

  /** A schema that a file or a registry has; names of any kind are taken. */
  static Schema read(String text) {
    return read(text, new Schema.Parser(NameValidator.NO_VALIDATION));
  }

  /** The same, with the names that a parser has met before. */
  static Schema read(String text, Schema.Parser parser) {
    Schema schema;
    try {
      schema = parser.setValidateDefaults(false).parse(text);
    } catch (AvroRuntimeException wrong) {
      throw new BadDatum(ProblemCode.D101, "the schema cannot be read: " + said(wrong));
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new BadDatum(
          ProblemCode.D101,
          "the schema is " + schema.getType().getName() + ", and a row is a record");
    }
    return schema;
  }

  /** A schema that a pipeline has; empty where it is one, else what is wrong. */
  static Optional<String> complaint(String text) {
    try {
      Schema schema = new Schema.Parser().parse(text);
      if (schema.getType() != Schema.Type.RECORD) {
        return Optional.of("it is " + schema.getType().getName() + ", and a row is a record");
      }
      io.penstock.api.data.Schema unused = FieldTypes.of(schema);
      return Optional.empty();
    } catch (BadDatum wrong) {
      return Optional.of(wrong.text());
    } catch (SchemaParseException wrong) {
      return Optional.of(said(wrong));
    } catch (AvroRuntimeException wrong) {
      return Optional.of(said(wrong));
    }
  }

  /** Refuses a file whose records the pipeline's schema cannot read. */
  static void check(Schema file, Schema wanted) {
    List<SchemaCompatibility.Incompatibility> wrong =
        SchemaCompatibility.checkReaderWriterCompatibility(wanted, file)
            .getResult()
            .getIncompatibilities();
    // Names of records need not agree: people give the same record a new one.
    String text =
        wrong.stream()
            .filter(w -> w.getType() != SchemaCompatibility.SchemaIncompatibilityType.NAME_MISMATCH)
            .map(w -> "`" + w.getLocation() + "`: " + Values.shown(w.getMessage()))
            .collect(Collectors.joining("; "));
    if (!text.isEmpty()) {
      throw new BadDatum(
          ProblemCode.D104, "the schema of the pipeline cannot read that of the record: " + text);
    }
  }

  private static String said(AvroRuntimeException wrong) {
    String text =
        wrong.getMessage() == null ? wrong.getClass().getSimpleName() : wrong.getMessage();
    return Values.shown(text.lines().findFirst().orElse("").strip());
  }
}
