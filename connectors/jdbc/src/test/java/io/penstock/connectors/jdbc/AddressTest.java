package io.penstock.connectors.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL is its parts, or it is none. */
final class AddressTest {
  @Test
  void readsHostPortAndDatabase() {
    assertEquals(
        Optional.of(new Address(Kind.POSTGRESQL, "db.example", 6543, "shop")),
        Address.parse("jdbc:postgresql://db.example:6543/shop"));
    assertEquals(
        Optional.of(new Address(Kind.POSTGRESQL, "[::1]", 5432, "shop")),
        Address.parse("postgresql://[::1]/shop"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "postgresql:shop",
        "postgresql://localhost",
        "postgresql://localhost/",
        "postgresql:///shop",
        "postgresql://localhost:/shop",
        "postgresql://localhost:0/shop",
        "postgresql://localhost:65536/shop",
        "postgresql://localhost:1e3/shop",
        "postgresql://me@localhost/shop",
        "postgresql://me:word@localhost/shop",
        "postgresql://a,b/shop",
        "postgresql://localhost/shop?a=b",
        "postgresql://localhost/shop;a=b",
        "postgresql://localhost/shop#a",
        "postgresql://localhost/shop/more",
        "postgresql://localhost/../shop",
        "postgresql://localhost/shop\r\n",
        "postgresql://local host/shop",
        "postgresql://localhost/sh%6fp",
        "oracle://localhost/shop",
        "JDBC:POSTGRESQL://localhost/shop"
      })
  void refusesWhatIsMoreOrLess(String text) {
    assertEquals(Optional.empty(), Address.parse(text));
  }
}
