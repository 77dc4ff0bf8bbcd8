package io.penstock.connectors.http;

import io.penstock.api.data.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that go to one target in one request, by their numbers in what is delivered. */
final class Parcel {
  private final Target target;
  private final List<Batch> batches;
  private final int[] batch;
  private final int[] row;
  private final int[] number;
  private final int from;
  private final int to;

  private Parcel(
      Target target, List<Batch> batches, int[] batch, int[] row, int[] number, int from, int to) {
    this.target = target;
    this.batches = batches;
    this.batch = batch;
    this.row = row;
    this.number = number;
    this.from = from;
    this.to = to;
  }

  /** Collects the rows of a parcel. */
  static final class Builder {
    private static final int FIRST = 64;

    private final Target target;
    private final List<Batch> batches = new ArrayList<>();
    private int[] batch = new int[FIRST];
    private int[] row = new int[FIRST];
    private int[] number = new int[FIRST];
    private int size;

    Builder(Target target) {
      this.target = target;
    }

    /** Adds a row; those of one batch come one after the other. */
    void add(Batch rows, int index, int rowNumber) {
      if (batches.isEmpty() || batches.get(batches.size() - 1) != rows) {
        batches.add(rows);
      }
      if (size == row.length) {
        batch = Arrays.copyOf(batch, size * 2);
        row = Arrays.copyOf(row, size * 2);
        number = Arrays.copyOf(number, size * 2);
      }
      batch[size] = batches.size() - 1;
      row[size] = index;
      number[size++] = rowNumber;
    }

    int size() {
      return size;
    }

    Parcel build() {
      return new Parcel(target, batches, batch, row, number, 0, size);
    }
  }

  Target target() {
    return target;
  }

  int size() {
    return to - from;
  }

  /** The number of a row. */
  int number(int index) {
    return number[from + index];
  }

  /** The first half, or what is behind it. */
  Parcel half(boolean first) {
    int middle = from + (to - from) / 2;
    return first
        ? new Parcel(target, batches, batch, row, number, from, middle)
        : new Parcel(target, batches, batch, row, number, middle, to);
  }

  /** The rows as batches, in order. */
  List<Batch> rows() {
    List<Batch> all = new ArrayList<>();
    int begun = from;
    while (begun < to) {
      int end = begun + 1;
      while (end < to && batch[end] == batch[begun]) {
        end++;
      }
      all.add(batches.get(batch[begun]).gather(Arrays.copyOfRange(row, begun, end), end - begun));
      begun = end;
    }
    return all;
  }
}
