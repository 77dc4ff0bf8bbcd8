package io.penstock.core.state;

import java.io.IOException;

/** The entries of a run, read from its file. */
final class RunEntries implements Entries {
  private final StateInput input;
  private byte[] key = new byte[64];
  private byte[] value = new byte[64];
  private int keyLength;
  private int valueLength;

  RunEntries(StateInput input) {
    this.input = input;
  }

  @Override
  public boolean next() throws IOException {
    if (input.atEnd()) {
      return false;
    }
    keyLength = input.count(Integer.MAX_VALUE);
    key = input.raw(keyLength, key);
    valueLength = input.count(Integer.MAX_VALUE);
    value = input.raw(valueLength, value);
    return true;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public byte[] value() {
    return value;
  }

  @Override
  public int valueLength() {
    return valueLength;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
