package io.penstock.connectors.standard.xml;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;

/** The options of the XML format. */
@Component(
    name = "xml",
    summary =
        "XML: each element at a path is a record; its fields are its elements and attributes.",
    example = "xml: orders/order",
    suffixes = ".xml")
public record XmlConfig(
    @Option(
            value =
                "The path of the elements that are records, from the root on: `orders/order`; the last name alone where the root is the one record.",
            main = true)
        String record)
    implements FormatConfig {
  @Override
  public void checkEach(Checks checks) {
    for (String name : record.split("/", -1)) {
      if (!XmlNames.isName(name)) {
        checks.problem(
            ProblemCode.E105,
            "record",
            "`record` must be names of elements with `/` between them, not `" + record + "`",
            "write the path from the root to the record, such as `orders/order`");
        return;
      }
    }
  }

  @Override
  public Format format() {
    return new XmlFormat(RecordPath.of(record));
  }
}
