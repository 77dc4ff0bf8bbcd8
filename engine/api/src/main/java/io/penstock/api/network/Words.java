package io.penstock.api.network;

/** What is said of options that stand at connectors themselves, the same of each. */
public final class Words {
  public static final String AUTH = "Who asks; left out: nobody in particular.";
  public static final String TLS = "How the way there is kept secret; left out: not at all.";
  public static final String TLS_OF_URL = "How the way there is kept secret, for `https`.";
  public static final String TIMEOUT = "How long an answer may take.";
  public static final String USUAL_TIMEOUT = "30s";
  public static final String RETRY = "How what may pass is tried again.";
  public static final String BATCH = "How much is sent together.";
  public static final String IN_FLIGHT = "How many requests may be under way at once.";

  static final String CA = "A PEM file of the authorities to trust; left out: those of Java.";
  static final String CERTIFICATE = "A PEM file of the own certificate.";
  static final String KEY = "A PEM file of its key (PKCS 8).";
  static final String OLDEST = "The oldest version that is spoken.";
  static final String SERVER_NAME =
      "The name that the server is asked for and must prove, where it is not that of the address.";
  static final String VERIFY =
      "Whether the server must prove who it is, by an authority and its name, or need not.";

  private Words() {}
}
