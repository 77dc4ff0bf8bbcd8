package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.core.logical.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which epoch sees which version of a table. */
final class TableVersionsTest {
  private final LookupTable first = table();
  private final LookupTable second = table();
  private final LookupTable third = table();
  private final TableVersions versions = new TableVersions(first);

  private static LookupTable table() {
    Schema schema = Schema.of(Field.of("id", DataType.INT));
    return LookupTable.of(
        new Table(
            "t",
            Origin.at("test.yaml", 1, 1),
            Optional.empty(),
            Optional.empty(),
            schema,
            List.of("id"),
            Optional.empty()),
        List.of());
  }

  @Test
  void theFirstVersionIsSeenByAllEpochs() {
    assertSame(first, versions.at(Long.MIN_VALUE));
    assertSame(first, versions.at(7));
  }

  @Test
  void aVersionIsSeenByItsEpochAndThoseBehindItUntilTheNext() {
    versions.replace(3, second);
    versions.replace(5, third);

    assertSame(first, versions.at(2));
    assertSame(second, versions.at(3));
    assertSame(second, versions.at(4));
    assertSame(third, versions.at(5));
    assertSame(third, versions.at(9));
  }

  @Test
  void aVersionTakesThePlaceOfOneThatNoEpochHasSeen() {
    versions.replace(3, second);
    versions.replace(3, third);

    assertSame(first, versions.at(2));
    assertSame(third, versions.at(3));
  }

  @Test
  void whatNoTaskCanSeeAnyMoreIsForgotten() {
    versions.replace(3, second);
    versions.replace(5, third);

    versions.forgetBefore(4);

    assertSame(second, versions.at(2), "there is no older one");
    assertSame(second, versions.at(4));
    assertSame(third, versions.at(5));
  }
}
