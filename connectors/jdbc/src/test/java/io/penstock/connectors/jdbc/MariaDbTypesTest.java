package io.penstock.connectors.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MariaDB would change without a word is refused; what it says is told by its number. */
final class MariaDbTypesTest {
  private static TableColumn column(String type, int size, int scale) {
    return new TableColumn("c", type, size, scale, true, false, false);
  }

  @Test
  void typesThatChangeAValueTakeNone() {
    for (String type : List.of("ENUM", "SET", "BINARY", "BLOB")) {
      assertTrue(MariaDbTypes.misfit(DataType.STRING, column(type, 9, 0)).isPresent(), type);
    }
    assertTrue(MariaDbTypes.misfit(DataType.BYTES, column("BINARY", 9, 0)).isPresent());
    assertTrue(MariaDbTypes.misfit(DataType.TIMESTAMP, column("DATETIME", 19, 0)).isPresent());
    assertTrue(MariaDbTypes.misfit(DataType.DOUBLE, column("FLOAT", 12, 0)).isPresent());
  }

  @Test
  void typesThatHoldAValueTakeIt() {
    Map<DataType, TableColumn> held =
        Map.of(
            DataType.BOOLEAN, column("BOOLEAN", 3, 0),
            DataType.INT, column("BIGINT UNSIGNED", 20, 0),
            DataType.DOUBLE, column("DOUBLE", 22, 0),
            DataType.STRING, column("LONGTEXT", 0, 0),
            DataType.BYTES, column("VARBINARY", 9, 0),
            DataType.TIMESTAMP, column("DATETIME", 26, 0),
            DataType.DATE, column("DATE", 10, 0),
            DataType.JSON, column("LONGTEXT", 0, 0));
    held.forEach((type, into) -> assertEquals(Optional.empty(), MariaDbTypes.misfit(type, into)));
  }

  @Test
  void numbersBeyondAnIntAreReadAsDecimals() {
    TableColumn large = column("BIGINT UNSIGNED", 20, 0);

    assertTrue(MariaDbTypes.misread(DataType.INT, large).isPresent());
    assertEquals(Optional.empty(), MariaDbTypes.misread(new DataType.Decimal(20, 0), large));
  }

  @ParameterizedTest
  @CsvSource({
    "INT, SIGNED",
    "BIGINT UNSIGNED, UNSIGNED",
    "'DECIMAL', 'DECIMAL(65,30)'",
    "TIMESTAMP, DATETIME(6)",
    "DATE, DATE"
  })
  void aKeyIsComparedAsWhatItIs(String type, String cast) {
    assertEquals(Optional.of(cast), MariaDbTypes.cast(type));
    assertEquals(Optional.empty(), MariaDbTypes.miskeyed(column(type, 20, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "1205, HY000, PASSING",
    "1213, 40001, PASSING",
    "1053, 08S01, AWAY",
    "1114, HY000, AWAY",
    "1366, 22007, ROW",
    "3819, HY000, ROW",
    "1062, 23000, ROW",
    "1054, 42S22, LASTING"
  })
  void errorsAreToldByTheirNumber(int number, String state, SqlState about) {
    assertEquals(about, SqlState.of(new SQLException("x", state, number)));
  }
}
