package io.penstock.connectors.standard.json;

import io.penstock.api.data.Schema;
import io.penstock.api.format.SchemaConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.NamedFile;
import io.penstock.api.option.Option;
import java.util.Optional;

/** The fields of a JSON Schema in a file of its own. */
@Component(
    name = "json_schema",
    summary =
        "A JSON Schema of draft 7 or 2020-12: what `required` does not name is optional, `integer` is int, `number` double, `date-time` timestamp, `additionalProperties` with a schema a map; what allows several types is json.",
    example = "json_schema: order.schema.json")
public record JsonSchemaConfig(
    @Option(
            value =
                "A file with the schema of an object with `properties`; references stay inside it.",
            main = true)
        NamedFile file)
    implements SchemaConfig {
  @Override
  public void check(Checks checks) {
    Optional<Schema> unused = JsonSchemaFile.read(file, checks);
  }

  @Override
  public Schema fields() {
    return JsonSchemaFile.read(file, (code, option, message, hint) -> {}).orElseThrow();
  }
}
