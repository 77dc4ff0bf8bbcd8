package io.penstock.connectors.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query is one statement that reads. */
final class QueryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        " SELECT(1)",
        "select ';', '--', \"a;b\", 'it''s' from t",
        "with a as (select 1) select * from a",
        "select\n1"
      })
  void takesOneThatReads(String text) {
    assertEquals(Optional.empty(), Query.wrong(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "select 1;",
        "select 1; drop table t",
        "drop table t",
        "insert into t values (1)",
        "selection",
        "select 1 -- and",
        "select 1 /* and */",
        "select 'a",
        "select \"a",
        "select 'a'; select 'b'"
      })
  void refusesOthers(String text) {
    assertTrue(Query.wrong(text).isPresent());
  }
}
