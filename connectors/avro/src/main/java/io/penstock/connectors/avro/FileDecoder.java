package io.penstock.connectors.avro;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the blocks of a file by the schema in its header. A record's line is its number in the
 * file. Where a block ends the batch in its middle, the decoder goes on in it at the next call.
 */
final class FileDecoder implements Decoder {
  private static final int UNPACKED = 4;

  private final Format.Decoding decoding;
  private final Optional<Schema> wanted;
  private final ColumnBuilder[] columns;
  private final int mostUnpacked;
  private final Cursor cursor = new Cursor();
  private Codec codec = Codec.NONE;
  private Optional<byte[]> sync = Optional.empty();
  private @Nullable RecordReader records;
  private @Nullable BadDatum refused;

  // Where the last call stopped inside a block of the file.
  private byte[] stoppedIn = new byte[0];
  private int stoppedAt = -1;
  private @Nullable Frame frame;
  private int begin;
  private long done;
  private int line;

  FileDecoder(Format.Decoding decoding, Optional<Schema> wanted) {
    this.decoding = decoding;
    this.wanted = wanted;
    this.columns = new ColumnBuilder[decoding.schema().columns()];
    this.mostUnpacked =
        (int) Math.min(Integer.MAX_VALUE - 16L, (long) UNPACKED * decoding.maxRecord());
  }

  @Override
  public int header(Block first) {
    records = null;
    refused = null;
    stoppedAt = -1;
    sync = Optional.empty();
    try {
      FileHeader header = FileHeader.read(first.bytes(), first.from(), first.to());
      sync = Optional.of(header.sync());
      codec = header.codec();
      Schema schema = Schemas.read(header.schema());
      wanted.ifPresent(own -> Schemas.check(schema, own));
      records =
          RecordReader.of(
              schema, wanted, decoding.schema(), Optional.empty(), new ValueReaders(decoding));
      return header.end();
    } catch (BadDatum wrong) {
      refused = wrong;
      return first.from();
    }
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    RecordReader reader = records;
    if (reader == null) {
      return refuse(block, out);
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    if (from != stoppedAt || block.bytes() != stoppedIn) {
      frame = null;
      line = 0;
    }
    int at = from;
    while (at < block.to()) {
      Frame current = frame;
      if (current == null) {
        begin = at;
        done = 0;
        current = open(block, at, out);
        frame = current;
      }
      if (current.damage().isEmpty() && !take(current, reader, out)) {
        return stop(block, begin + 1);
      }
      at = current.end();
      frame = null;
      if (at < block.to() && out.full()) {
        return stop(block, at);
      }
    }
    stoppedAt = -1;
    out.lines(line);
    return block.to();
  }

  /** Stops where the next call goes on; inside a block of the file, that is no place of its own. */
  private int stop(Block block, int at) {
    stoppedIn = block.bytes();
    stoppedAt = at;
    return at;
  }

  /** Says once for a file why nothing of it is read. */
  private int refuse(Block block, Rows out) {
    BadDatum why = refused;
    if (why == null) {
      out.bad(block.from(), block.to(), 0, ProblemCode.D101, "the header of the file is not known");
    } else if (block.sequence() == 0) {
      out.bad(block.from(), block.to(), 0, why.code(), why.text() + "; nothing of it is read");
    }
    return block.to();
  }

  /** The block that begins here; a damaged one is reported. */
  private Frame open(Block block, int at, Rows out) {
    byte[] bytes = block.bytes();
    Frame found =
        Frame.at(bytes, at, block.to(), sync, decoding.maxRecord())
            .orElseGet(() -> Frame.cutOff(bytes, at, block.to(), sync));
    if (found.damage().isPresent()) {
      out.bad(at, found.end(), line, found.damage().get().code(), found.damage().get().text());
      return found;
    }
    try {
      if (codec == Codec.NONE) {
        cursor.reset(bytes, found.from(), found.to());
      } else {
        byte[] unpacked = codec.unpack(bytes, found.from(), found.to(), mostUnpacked);
        cursor.reset(unpacked, 0, unpacked.length);
      }
      return found;
    } catch (BadDatum wrong) {
      out.bad(at, found.end(), line, wrong.code(), wrong.text() + lost(found.count()));
      return new Frame(found.from(), found.to(), found.end(), 0, Optional.of(wrong));
    }
  }

  private static String lost(long count) {
    return count == 1 ? "; its record is lost" : "; its " + count + " records are lost";
  }

  /** Decodes records up to the end of the block or of the batch; whether it is the block's. */
  private boolean take(Frame block, RecordReader reader, Rows out) {
    while (done < block.count()) {
      if (out.full()) {
        return false;
      }
      int from = place(block);
      cursor.begin();
      try {
        reader.read(cursor, i -> columns[i]);
      } catch (BadDatum wrong) {
        long left = block.count() - done - 1;
        String rest = left == 0 ? "" : "; the " + left + " behind it in its block are lost";
        out.bad(from, end(block, from), line, wrong.code(), wrong.text() + rest);
        line += (int) Math.min(left + 1, Integer.MAX_VALUE - line);
        return true;
      }
      done++;
      Optional<BadDatum> misfit = cursor.misfit();
      if (misfit.isPresent()) {
        out.bad(
            from,
            codec == Codec.NONE ? cursor.at() : from,
            line,
            misfit.get().code(),
            misfit.get().text());
      } else {
        out.endRow(from, line);
      }
      line++;
    }
    if (cursor.left() > 0) {
      int from = place(block);
      out.bad(
          from,
          end(block, from),
          line,
          ProblemCode.D101,
          "behind the last record of a block are " + cursor.left() + " bytes more");
    }
    return true;
  }

  /** Where the next record begins; in a packed block it has a place of its share. */
  private int place(Frame block) {
    if (codec == Codec.NONE) {
      return cursor.at();
    }
    long share = block.count() == 0 ? 0 : (block.to() - block.from()) * done / block.count();
    return block.from() + (int) share;
  }

  /** Where a record ends that is none; packed bytes are not shown. */
  private int end(Frame block, int from) {
    return codec == Codec.NONE ? block.to() : from;
  }
}
