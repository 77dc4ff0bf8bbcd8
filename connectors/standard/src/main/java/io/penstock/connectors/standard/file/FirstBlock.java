package io.penstock.connectors.standard.file;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Split;
import java.io.IOException;
import java.util.Optional;

/** Takes the first block of a file; records that are too long were reported by a former reading. */
final class FirstBlock implements Out {
  private Optional<Block> block = Optional.empty();

  /** The first block, of about this size. */
  Optional<Block> of(BlockReader blocks, int bytes) throws IOException {
    while (block.isEmpty() && blocks.next(this, bytes)) {
      // A record that is too long comes before it.
    }
    return block;
  }

  @Override
  public void block(Block first) {
    block = Optional.of(first);
  }

  @Override
  public void rows(Batch rows) {
    throw new IllegalStateException("rows of a file");
  }

  @Override
  public void bad(
      Split split,
      long position,
      long line,
      byte[] raw,
      long rawBytes,
      ProblemCode code,
      String message) {
    // Reported by a former reading.
  }
}
