package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name that no row of a source without a schema has is most often misspelled. */
final class UnseenNamesTest {
  private static final String ROW = "{\"id\":1,\"amount\":5,\"buyer\":{\"name\":\"a\"}}\n";

  @TempDir Path folder;

  private List<String> warnings(String rows, String steps) throws IOException {
    Files.writeString(folder.resolve("rows.jsonl"), rows);
    Files.writeString(
        folder.resolve("p.yaml"),
        """
        sources:
          rows:
            file: rows.jsonl
        transforms:
        %s
        sinks:
          out:
            file: out.jsonl
        """
            .formatted(steps));
    Called called = Called.in(folder, "p.yaml");
    assertEquals(0, called.code(), called.err());
    return called
        .err()
        .lines()
        .filter(line -> line.contains("warning: "))
        .map(String::strip)
        .toList();
  }

  @Test
  void namesThePlaceAndTheNearestName() throws IOException {
    assertEquals(
        List.of(
            "warning: p.yaml:6:13 `amout` was in none of the first 1,000 rows;"
                + " did you mean `amount`?"),
        warnings(ROW.repeat(2000), "  kept:\n    filter: amout == null"));
  }

  @Test
  void judgesFewerRowsAtTheEnd() throws IOException {
    assertEquals(
        List.of(
            "warning: p.yaml:6:13 `buyer.nam` was in none of the rows read;"
                + " did you mean `buyer.name`?"),
        warnings(ROW, "  kept:\n    filter: buyer.nam == null and amount > 0"));
  }

  @Test
  void saysNothingOfNamesThatSomeRowHas() throws IOException {
    assertEquals(
        List.of(),
        warnings(ROW.repeat(20) + "{\"amout\":1}\n", "  kept:\n    filter: amout == null"));
  }

  @Test
  void saysNothingOfNamesThatAStepMakesOrWithoutRows() throws IOException {
    String steps = "  more:\n    set: { amout: amount }\n  kept:\n    filter: amout == 5";
    assertEquals(List.of(), warnings(ROW, steps));
    assertEquals(List.of(), warnings("", "  kept:\n    filter: amout == null"));
  }

  @Test
  void looksIntoChains() throws IOException {
    String steps =
        """
          shaped:
            steps:
              - set: { twice: amount }
              - filter: twice == 5 and zzz == null
        """
            .stripTrailing();
    assertEquals(
        List.of(
            "warning: p.yaml:8:32 `zzz` was in none of the rows read;"
                + " names there: amount, buyer, id"),
        warnings(ROW, steps));
  }
}
