package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.testkit.MemoryDisk;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleStepTest {
  private static final int ROWS = 100_000;
  private static final Schema ROW = Schema.of(Field.of("n", DataType.INT));

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.01, 0.25, 0.5, 0.99, 1})
  void keepsAboutTheShare(double share) {
    int kept = sampled(share, 0, "a.csv", 4096).size();

    // Six standard deviations.
    assertEquals(ROWS * share, kept, 6 * Math.sqrt(ROWS * share * (1 - share)) + 1e-9);
  }

  @Test
  void keepsTheSameRowsHoweverTheyAreBatched() {
    List<String> whole = sampled(0.1, 7, "a.csv", 4096);

    assertEquals(whole, sampled(0.1, 7, "a.csv", 1));
    assertEquals(whole, sampled(0.1, 7, "a.csv", 333));
  }

  @Test
  void aSmallerShareIsPartOfALargerOne() {
    Set<String> larger = new HashSet<>(sampled(0.3, 7, "a.csv", 4096));

    assertTrue(larger.containsAll(sampled(0.1, 7, "a.csv", 4096)));
  }

  @Test
  void anotherSeedOrFileDrawsOthers() {
    List<String> rows = sampled(0.1, 7, "a.csv", 4096);

    for (List<String> others :
        List.of(sampled(0.1, 8, "a.csv", 4096), sampled(0.1, 7, "b.csv", 4096))) {
      assertNotEquals(rows, others);
      Set<String> both = new HashSet<>(rows);
      both.retainAll(others);
      assertEquals(ROWS * 0.01, both.size(), 6 * Math.sqrt(ROWS * 0.01));
    }
  }

  private static List<String> sampled(double share, long seed, String split, int batch) {
    Operator operator =
        new OneStep(ROW).sample(share, seed).make(new MemoryDisk(), 1 << 20).operator();
    OneStep.Rows out = new OneStep.Rows();
    for (int from = 0; from < ROWS; from += batch) {
      long[] places = LongStream.range(from, Math.min(ROWS, from + batch)).toArray();
      Column[] columns = {new Column.Longs(places.length, places, null)};
      Provenance provenance = new Provenance("rows", split, places, new int[0], Map.of());
      OneStep.take(operator, Batch.of(ROW, places.length, columns, provenance), out);
    }
    return out.rows;
  }
}
