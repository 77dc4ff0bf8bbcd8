package io.penstock.dsl.launcher;

/** The command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("penstock");
  }
}
