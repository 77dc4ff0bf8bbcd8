package io.penstock.dsl.launcher.trace;

import io.penstock.json.Json;
import java.util.Arrays;

/**
 * How often rows came, by a hash of 64 bits of each: twelve bytes a row, so that a run over many
 * rows can be compared with one over a record more. Single-threaded.
 */
final class Tally {
  private static final long PRIME = 0x100000001b3L;
  private static final long BASIS = 0xcbf29ce484222325L;

  private long[] hashes = new long[64];
  private int size;
  private int[] gone = new int[0];

  /** Counts a row. */
  void add(Json row) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash(row);
  }

  /** Ends the counting; from here on rows are taken out. */
  void close() {
    hashes = Arrays.copyOf(hashes, size);
    Arrays.sort(hashes);
    gone = new int[size];
  }

  /** Takes a row out; false where there is none like it left. */
  boolean remove(Json row) {
    long hash = hash(row);
    int first = first(hash);
    if (first == size || hashes[first] != hash) {
      return false;
    }
    int next = first + gone[first];
    if (next == size || hashes[next] != hash) {
      return false;
    }
    gone[first]++;
    return true;
  }

  /** Whether rows are left. */
  boolean hasLeft() {
    int taken = 0;
    for (int count : gone) {
      taken += count;
    }
    return taken < size;
  }

  private int first(long hash) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hashes[middle] < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long hash(Json row) {
    long hash = BASIS;
    for (byte b : row.binary()) {
      hash = (hash ^ (b & 0xff)) * PRIME;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
