package io.penstock.core.run;

/** The engine's version, as checkpoints have it. */
final class Version {
  /** From the jar; a word where classes are not in one. */
  static final String OF_ENGINE = of(Version.class.getPackage().getImplementationVersion());

  private Version() {}

  private static String of(@org.jspecify.annotations.Nullable String version) {
    return version == null ? "unpackaged" : version;
  }
}
