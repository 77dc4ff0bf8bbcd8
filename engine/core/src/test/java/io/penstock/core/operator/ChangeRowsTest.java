package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import org.junit.jupiter.api.Test;

class ChangeRowsTest {
  @Test
  void aRowThatIsLongerThanAllBeforeComesOutAsItWas() {
    Schema schema = Schema.of(Field.of("s", DataType.STRING));
    ChangeRows changes = new ChangeRows(schema, "step");
    String text = "a long text, ".repeat(100);
    for (String each : new String[] {"short", text}) {
      BytesBuilder builder = (BytesBuilder) ColumnBuilder.of(DataType.STRING);
      builder.add(each);
      changes.add(changes.written(new Column[] {builder.build()}, 0), Change.INSERT);
    }

    Batch rows = changes.next(size -> RowMarks.NONE).orElseThrow();

    assertEquals("\"short\"", RowJson.value(DataType.STRING, rows.column(0), 0).toText());
    assertEquals("\"" + text + "\"", RowJson.value(DataType.STRING, rows.column(0), 1).toText());
  }
}
