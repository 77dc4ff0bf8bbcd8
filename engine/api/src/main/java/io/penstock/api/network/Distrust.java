package io.penstock.api.network;

import java.io.EOFException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Why two sides come to no understanding by TLS, of what Java throws. */
public final class Distrust {
  private static final int DEPTH = 12;

  private Distrust() {}

  /** Whether it is TLS that has failed. */
  public static boolean isOne(Throwable thrown) {
    return isCausedBy(thrown, SSLException.class);
  }

  /** Whether another try cannot end otherwise. */
  public static boolean isFinal(Throwable thrown) {
    return isCausedBy(thrown, SSLHandshakeException.class)
        && !isCausedBy(thrown, EOFException.class)
        && (isCausedBy(thrown, CertPathBuilderException.class)
            || isCausedBy(thrown, CertPathValidatorException.class)
            || isCausedBy(thrown, CertificateException.class)
            || String.valueOf(thrown.getMessage()).contains("alert"));
  }

  /** The reason, in words that follow the other side's name. */
  public static String reason(Throwable thrown) {
    if (isCausedBy(thrown, CertificateExpiredException.class)) {
      return "has a certificate that has expired";
    }
    if (isCausedBy(thrown, CertificateNotYetValidException.class)) {
      return "has a certificate that is not valid yet";
    }
    if (isCausedBy(thrown, CertPathBuilderException.class) || isByAnotherHand(thrown)) {
      return "has a certificate of an authority that is not trusted";
    }
    return "and this side come to no understanding by TLS: " + text(thrown);
  }

  /** Whether it names an authority that is trusted, and is not signed by it. */
  private static boolean isByAnotherHand(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      if (at instanceof CertPathValidatorException wrong
          && (wrong.getReason() == BasicReason.INVALID_SIGNATURE
              || wrong.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** Whether an exception, or what it came from, is of this type. */
  public static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** The first message that says something. */
  public static String text(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      String text = at.getMessage();
      if (text != null && !text.isBlank() && !text.startsWith("java.")) {
        return text;
      }
      at = at.getCause();
    }
    return "no reason was given";
  }
}
