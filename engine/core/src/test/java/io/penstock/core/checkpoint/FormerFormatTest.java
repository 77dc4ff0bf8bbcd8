package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormerFormatTest {
  @Test
  void aCheckpointWithoutTimesIsRead() throws IOException {
    byte[] bytes = Samples.bytes(Samples.bare(7, Checkpoint.CONTINUOUS));
    // The times stand at the end, before the last reads of sources, and there are none of both.
    for (int formats = 1; formats <= 2; formats++) {
      byte[] former = Arrays.copyOf(bytes, bytes.length - formats);

      Checkpoint point = Codec.checkpoint(StateInput.of(former));

      assertEquals(7, point.epoch());
      assertArrayEquals(bytes, Samples.bytes(point));
    }
  }

  @Test
  void lastReadsComeBackToTheirSources() throws IOException {
    Checkpoint full = Samples.full(5);

    Checkpoint point = Codec.checkpoint(StateInput.of(Samples.bytes(full)));

    assertEquals(full.sources(), point.sources());
  }

  @Test
  void timesComeBackToTheirStages() throws IOException {
    Checkpoint full = Samples.full(5);

    Checkpoint point = Codec.checkpoint(StateInput.of(Samples.bytes(full)));

    assertEquals(
        full.stages().values().stream().map(Checkpoint.StageState::times).toList(),
        full.stages().keySet().stream().map(step -> times(point, step)).toList());
  }

  private static List<Checkpoint.PartitionTime> times(Checkpoint point, String step) {
    return java.util.Objects.requireNonNull(point.stages().get(step)).times();
  }
}
