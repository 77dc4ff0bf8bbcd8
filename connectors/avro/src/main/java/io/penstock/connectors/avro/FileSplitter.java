package io.penstock.connectors.avro;

import io.penstock.api.format.Splitter;
import java.util.Arrays;
import java.util.Optional;

/** Cuts behind a block of the file, which is what can be unpacked by itself. */
final class FileSplitter implements Splitter {
  private final int maxRecord;
  private boolean begun;
  private boolean noContainer;
  private Optional<byte[]> sync = Optional.empty();

  FileSplitter(int maxRecord) {
    this.maxRecord = maxRecord;
  }

  @Override
  public void resume() {
    begun = true;
  }

  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last || noContainer) {
      return to;
    }
    int at = from;
    if (!begun) {
      if (to - from < FileHeader.SYNC) {
        return NONE;
      }
      at = header(bytes, from, to);
      if (at == NONE || noContainer) {
        return at;
      }
    }
    return blocks(bytes, from, at, to);
  }

  private int header(byte[] bytes, int from, int to) {
    try {
      FileHeader header = FileHeader.read(bytes, from, to);
      begun = true;
      sync = Optional.of(header.sync());
      return header.end();
    } catch (BadDatum wrong) {
      noContainer = !wrong.isCutOff();
      return noContainer ? to : NONE;
    }
  }

  private int blocks(byte[] bytes, int from, int first, int to) {
    int at = first;
    while (at < to) {
      Optional<Frame> frame = Frame.at(bytes, at, to, sync, maxRecord);
      if (frame.isEmpty()) {
        break;
      }
      at = frame.get().end();
      if (sync.isEmpty()) {
        sync = Optional.of(Arrays.copyOfRange(bytes, at - FileHeader.SYNC, at));
      }
    }
    return at > from ? at : NONE;
  }
}
