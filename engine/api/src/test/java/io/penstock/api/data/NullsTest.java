package io.penstock.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NullsTest {
  private static final Schema FIELDS =
      Schema.of(Field.of("number", DataType.INT), Field.of("text", DataType.STRING));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 127, 128, 129, 200})
  void manyNullsAreAsManySingleOnes(int count) {
    for (int before : List.of(0, 1, 63, 64, 70)) {
      ColumnBuilder together = ColumnBuilder.of(new DataType.RecordOf(FIELDS));
      ColumnBuilder one = ColumnBuilder.of(new DataType.RecordOf(FIELDS));
      fill(together, before);
      fill(one, before);

      together.addNulls(count);
      for (int i = 0; i < count; i++) {
        one.addNull();
      }
      fill(together, 3);
      fill(one, 3);

      assertEquals(text(one.build()), text(together.build()), before + " and " + count);
    }
  }

  private static void fill(ColumnBuilder builder, int count) {
    RecordsBuilder records = (RecordsBuilder) builder;
    for (int i = 0; i < count; i++) {
      ((LongsBuilder) records.field(0)).add(i);
      ((BytesBuilder) records.field(1)).add("t" + i);
      records.end();
    }
  }

  private static String text(Column column) {
    Column.Records records = (Column.Records) column;
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < column.size(); row++) {
      Column.Longs numbers = (Column.Longs) records.fields()[0];
      Column.Bytes texts = (Column.Bytes) records.fields()[1];
      text.append(column.isNull(row)).append(numbers.isNull(row)).append(texts.isNull(row));
      text.append(numbers.values()[row]).append(texts.text(row)).append('\n');
    }
    return text.toString();
  }
}
