package io.penstock.connectors.standard.xml;

import io.penstock.api.data.ColumnBuilder;
import java.util.List;

/** Takes the value of a field from the elements of its name; there may be none. */
@FunctionalInterface
interface PartDecoder {
  void decode(List<Element> found, ColumnBuilder column);
}
