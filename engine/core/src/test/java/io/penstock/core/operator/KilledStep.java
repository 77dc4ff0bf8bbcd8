package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import io.penstock.core.state.SegmentWriter;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Runs a step whose process is lost again and again; what came since the snapshot comes anew. */
final class KilledStep {
  private final OneStep step;
  private final Random random;
  private final long memory;
  private long spilled;

  KilledStep(OneStep step, int seed, long memory) {
    this.step = step;
    this.random = new Random(seed);
    this.memory = memory;
  }

  /** Rows, and the watermark after them. */
  record Fed(Batch rows, long watermark) {}

  /**
   * Feeds all rows, up to the end of time.
   *
   * @param seen the lists that {@code out} adds to
   */
  void run(List<Fed> fed, Operator.Out out, List<List<String>> seen) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    SegmentFolder folder = new SegmentFolder(disk, Path.of("/state"));
    OneStep.Made made = step.make(disk, memory);
    List<Segment> segments = List.of();
    int settled = 0;
    List<Integer> sizes = sizes(seen);
    for (int i = 0; i < fed.size(); i++) {
      OneStep.take(made.operator(), fed.get(i).rows(), out);
      OneStep.watermark(made.operator(), fed.get(i).watermark(), out);
      int chance = random.nextInt(10);
      if (chance < 3) {
        SegmentWriter writer = folder.writer(i, "0");
        made.operator().snapshot(writer);
        segments = writer.segments();
        folder.retain(names(segments));
        settled = i + 1;
        sizes = sizes(seen);
      } else if (chance == 3) {
        made.operator().close();
        spilled += made.spill().written();
        made.spill().close();
        folder = new SegmentFolder(disk, Path.of("/state"));
        made = step.make(disk, memory);
        made.operator().restore(folder.reader(segments));
        for (int j = 0; j < seen.size(); j++) {
          seen.get(j).subList(sizes.get(j), seen.get(j).size()).clear();
        }
        i = settled - 1;
      }
    }
    OneStep.watermark(made.operator(), Long.MAX_VALUE, out);
    OneStep.end(made.operator(), out);
    made.operator().close();
    spilled += made.spill().written();
  }

  /** How many bytes lay on the disk because they did not fit, over all processes. */
  long spilled() {
    return spilled;
  }

  private static List<Integer> sizes(List<List<String>> lists) {
    return new ArrayList<>(lists.stream().map(List::size).toList());
  }

  private static Set<String> names(List<Segment> segments) {
    Set<String> names = new HashSet<>();
    for (Segment segment : segments) {
      if (segment instanceof Segment.InFile file) {
        names.add(file.name());
      }
    }
    return names;
  }
}
