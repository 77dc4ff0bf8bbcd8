package io.penstock.connectors.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where values stand in a query. */
final class NamedQueryTest {
  @Test
  void namesBecomePlacesInTheirOrder() {
    NamedQuery query =
        NamedQuery.of("select a from t where b = :code and (c > :least or d = :code)");

    assertEquals("select a from t where b = ? and (c > ? or d = ?)", query.text());
    assertEquals(List.of("code", "least", "code"), query.names());
  }

  @Test
  void aCastATextAndAQuotedNameAreNoPlaces() {
    String text = "select ':x', \"a:b\", c::text, '12:30' from t where d = :d::int";
    NamedQuery query = NamedQuery.of(text);

    assertEquals(text.replace(":d::", "?::"), query.text());
    assertEquals(List.of("d"), query.names());
  }

  @Test
  void aQuestionMarkIsNoPlaceButMayStandInAText() {
    assertTrue(NamedQuery.wrong("select a from t where b = ?").isPresent());
    assertTrue(NamedQuery.wrong("delete from t where b = :b").isPresent());
    assertEquals(Optional.empty(), NamedQuery.wrong("select a from t where b = :b or c = '?'"));
  }
}
