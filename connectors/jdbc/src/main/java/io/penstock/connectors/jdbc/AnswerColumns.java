package io.penstock.connectors.jdbc;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.lookup.Answers;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The columns of a query's answer that become the fields of a lookup. Single-threaded. */
final class AnswerColumns {
  private final List<FieldValue> values;

  private AnswerColumns(List<FieldValue> values) {
    this.values = values;
  }

  /**
   * Finds the columns without asking for a row.
   *
   * @throws io.penstock.api.problem.PipelineException where something does not fit; all is told
   */
  static AnswerColumns of(
      Connection connection, NamedQuery query, Schema answer, Dialect dialect, Failure failure)
      throws SQLException {
    List<TableColumn> columns = described(connection, query, dialect);
    List<FieldValue> values = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Field field : answer.fields()) {
      int index = index(columns, field.name());
      if (index < 0) {
        List<String> names = columns.stream().map(TableColumn::name).toList();
        String hint = Nearest.hint(field.name(), "columns there", names);
        wrong.add("there is no column `" + field.name() + "` (" + hint + ")");
        continue;
      }
      TableColumn column = columns.get(index);
      int before = wrong.size();
      dialect
          .misread(field.type().type(), column)
          .ifPresent(why -> wrong.add("field `" + field.name() + "` is " + why));
      if (wrong.size() == before) {
        values.add(new FieldValue(field, index + 1, column.type(), dialect));
      }
    }
    if (!wrong.isEmpty()) {
      throw failure.problem(
          ProblemCode.R220,
          "the query does not fit what is wanted: " + String.join("; ", wrong),
          "change `schema`; a query can give columns other names and types");
    }
    return new AnswerColumns(values);
  }

  private static List<TableColumn> described(
      Connection connection, NamedQuery query, Dialect dialect) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query.text())) {
      return TableColumn.given(select, dialect);
    }
  }

  /** By its name; where none has it as it is written, whatever its letters. */
  private static int index(List<TableColumn> columns, String name) {
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
      found = found < 0 && columns.get(i).name().equalsIgnoreCase(name) ? i : found;
    }
    return found;
  }

  /** Takes the row at hand as the answer for a key, unless there is another one behind it. */
  void take(int key, ResultSet rows, Answers into) throws SQLException {
    try {
      for (int i = 0; i < values.size(); i++) {
        values.get(i).take(rows, into.column(i));
      }
    } catch (FieldValue.Unfit unfit) {
      into.failed(key, ProblemCode.D104, String.valueOf(unfit.getMessage()));
      return;
    }
    if (rows.next()) {
      into.failed(key, ProblemCode.D224, "the query gives more than one row");
    } else {
      into.found(key);
    }
  }
}
