package io.penstock.core.replay;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.source.Out;
import io.penstock.api.source.Reader;
import io.penstock.api.source.SourceTraits;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a source that could not be decoded.
 *
 * @param firsts for each split its first block, cut behind the header
 */
record RawEntry(String step, Map<String, Block> firsts) implements LetterSource.Entry {
  RawEntry {
    firsts = Map.copyOf(firsts);
  }

  @Override
  public SourceTraits.Kind kind() {
    return SourceTraits.Kind.BYTES;
  }

  @Override
  public LetterSource.Feed feed(LetterFile.Lines lines) {
    return new Blocks(lines);
  }

  private final class Blocks implements LetterSource.Feed {
    private final LetterFile.Lines lines;
    private Optional<String> split = Optional.empty();
    private long sequence;

    Blocks(LetterFile.Lines lines) {
      this.lines = lines;
    }

    @Override
    public boolean next(Out out, Reader.Limits limits) throws IOException {
      for (Optional<LetterFile.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<Letter> letter = Entries.letter(line.get());
        if (letter.isPresent() && Entries.isRaw(letter.get(), step)) {
          block(letter.get(), out);
          return true;
        }
      }
      return false;
    }

    private void block(Letter letter, Out out) {
      Block first = firsts.get(letter.split());
      if (!split.equals(Optional.of(letter.split()))) {
        split = Optional.of(letter.split());
        // The first of a file is another one, so that no decoder looks for a beginning here.
        sequence = 1;
        if (first != null) {
          out.block(first);
        }
      }
      byte[] raw = letter.raw().orElseThrow();
      Map<String, String> meta = first == null ? Map.of() : first.meta();
      out.block(
          new Block(
              raw,
              0,
              raw.length,
              letter.split(),
              sequence++,
              Math.max(0, letter.position()),
              BlockLines.from(letter.line(), raw, 0, raw.length),
              false,
              meta));
    }
  }
}
