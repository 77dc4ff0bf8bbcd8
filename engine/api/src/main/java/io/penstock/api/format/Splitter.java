package io.penstock.api.format;

/**
 * Finds record ends while a file is read, so that blocks hold whole records. Called by the reading
 * thread, for the bytes of one file in order.
 */
public interface Splitter {
  /** The cut at the end of the bytes given so far: nothing complete yet. */
  int NONE = -1;

  /**
   * Where the last whole record ends in these bytes (an exclusive index), or {@link #NONE}. The
   * bytes begin where the last cut was made.
   *
   * @param last whether no more bytes follow: then everything belongs to the last record
   */
  int cut(byte[] bytes, int from, int to, boolean last);

  /**
   * Says, before the first cut, that the bytes to come do not begin the file but follow a cut that
   * a former reading made.
   */
  default void resume() {}
}
