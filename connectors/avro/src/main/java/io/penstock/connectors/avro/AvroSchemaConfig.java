package io.penstock.connectors.avro;

import io.penstock.api.data.Schema;
import io.penstock.api.format.SchemaConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.NamedFile;
import io.penstock.api.option.Option;
import java.util.Optional;

/** The fields of an Avro schema in a file of its own: those that the format has by that schema. */
@Component(
    name = "avro",
    summary =
        "An Avro schema: unions with null are optional fields, enums are texts, other unions and records inside themselves are json.",
    example = "avro: order.avsc")
public record AvroSchemaConfig(
    @Option(value = "A file with the schema of a record as JSON.", main = true) NamedFile file)
    implements SchemaConfig {
  @Override
  public void check(Checks checks) {
    Optional<Schema> unused = SchemaFile.read(file, checks);
  }

  @Override
  public Schema fields() {
    return SchemaFile.read(file, (code, option, message, hint) -> {}).orElseThrow();
  }
}
