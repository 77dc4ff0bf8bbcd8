package io.penstock.dsl.launcher.test;

import io.penstock.api.data.Change;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import io.penstock.core.expression.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes the blocks of a {@link TestSource}: rows as they stand in the test, raw bytes with the
 * source's own format.
 *
 * @param real the source's own format; empty where it gives rows
 */
record TestFormat(List<Entry> entries, Optional<Format> real) implements FormatConfig, Format {
  TestFormat {
    entries = List.copyOf(entries);
  }

  @Override
  public Format format() {
    return this;
  }

  @Override
  public FormatTraits traits() {
    FormatTraits own = new FormatTraits(true, false, true, false, Optional.empty(), false, false);
    return real.flatMap(format -> format.traits().changes()).map(own::withChanges).orElse(own);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return (bytes, from, to, last) -> to;
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new EntriesDecoder(decoding, real.map(format -> realDecoder(format, decoding)));
  }

  @Override
  public Encoder encoder(Schema rows) {
    throw new IllegalStateException("a test's entries are only read");
  }

  /** The source's own decoder, which has seen the header that the format itself would write. */
  private static Decoder realDecoder(Format format, Decoding decoding) {
    Decoder decoder = format.decoder(decoding);
    if (format.traits().header() && format.traits().encodes() && !decoding.schema().open()) {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      try {
        format.encoder(decoding.schema()).open((b, from, count) -> header.write(b, from, count));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      byte[] bytes = header.toByteArray();
      BlockLines lines = BlockLines.from(1, bytes, 0, bytes.length);
      decoder.header(new Block(bytes, 0, bytes.length, "test", 0, 0, lines, false, Map.of()));
    }
    return decoder;
  }

  /** Dispatches by kind of entry. */
  private final class EntriesDecoder implements Decoder {
    private final Schema schema;
    private final Optional<Decoder> real;

    EntriesDecoder(Decoding decoding, Optional<Decoder> real) {
      this.schema = decoding.schema();
      this.real = real;
    }

    @Override
    public int decode(Block block, int from, Rows out) {
      int first = (int) block.position();
      if (entries.get(first) instanceof Entry.Raw) {
        return real.isEmpty() ? block.to() : real.get().decode(block, from, out);
      }
      int at = from;
      while (at < block.to() && !out.full()) {
        if (entries.get(first + at) instanceof Entry.Changed changed) {
          changed(changed, at, out);
        } else {
          append((Entry.Row) entries.get(first + at), out);
          out.endRow(at, at);
        }
        at++;
      }
      return at;
    }

    private void changed(Entry.Changed change, int at, Rows out) {
      change.before().ifPresent(row -> append(row, out));
      change.after().ifPresent(row -> append(row, out));
      boolean update = change.before().isPresent() && change.after().isPresent();
      if (change.before().isPresent()) {
        out.endChange(update ? Change.UPDATE_BEFORE : Change.DELETE, at, at);
      }
      if (change.after().isPresent()) {
        out.endChange(update ? Change.UPDATE_AFTER : Change.INSERT, at, at);
      }
    }

    private void append(Entry.Row row, Rows out) {
      for (int i = 0; i < schema.columns(); i++) {
        Values.append(out.column(i), schema.column(i).type(), row.values()[i]);
      }
    }
  }
}
