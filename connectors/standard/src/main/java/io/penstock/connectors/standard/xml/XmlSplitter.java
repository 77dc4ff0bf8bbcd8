package io.penstock.connectors.standard.xml;

import io.penstock.api.format.Splitter;

/** Cuts behind the end of a record. */
final class XmlSplitter implements Splitter {
  private final RecordScan scan;
  private boolean inside;

  XmlSplitter(RecordPath path) {
    this.scan = new RecordScan(path);
  }

  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last) {
      return to;
    }
    scan.begin(bytes, from, to, inside);
    int cut = NONE;
    while (true) {
      switch (scan.next()) {
        case RECORD -> cut = scan.end();
        case DOCTYPE, OTHER_ROOT -> {
          // The decoder reports it.
        }
        case CUT_OFF, END -> {
          inside |= cut != NONE;
          return cut;
        }
      }
    }
  }

  @Override
  public void resume() {
    inside = true;
  }
}
