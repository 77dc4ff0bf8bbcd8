package io.penstock.connectors.avro;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Reads a map; a key that stands there twice is refused. */
record MapReader(ValueReader values, String path) implements ValueReader {
  @Override
  public void read(Cursor in, ColumnBuilder to) {
    MapsBuilder maps = (MapsBuilder) to;
    Set<ByteBuffer> keys = new HashSet<>();
    for (long left = in.readCount(); left != 0; left = in.readCount()) {
      for (long i = 0; i < left; i++) {
        int from = in.take(in.readLength());
        key(in, from, keys, path);
        maps.keys().add(in.bytes(), from, in.at() - from);
        values.read(in, maps.values());
      }
    }
    maps.end();
  }

  /** Notes what is wrong with a key that was passed over just now. */
  static void key(Cursor in, int from, Set<ByteBuffer> before, String path) {
    if (Values.isText(in, from, path)
        && !before.add(ByteBuffer.wrap(in.bytes(), from, in.at() - from))) {
      in.misfit(ProblemCode.D109, "a key of `" + path + "` stands there twice");
    }
  }
}
