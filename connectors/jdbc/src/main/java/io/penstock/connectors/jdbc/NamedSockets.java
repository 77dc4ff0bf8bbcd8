package io.penstock.connectors.jdbc;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.PGjdbcHostnameVerifier;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;

/**
 * Makes sockets to a PostgreSQL server that goes by another name than its address has. Made by the
 * driver, by its name; it finds what it needs among the settings.
 */
public final class NamedSockets extends WrappedFactory {
  private static final String NAME = "penstock.server_name";

  private final String name;

  public NamedSockets(Properties settings) throws PSQLException {
    name = settings.getProperty(NAME);
    boolean asJava =
        settings.getProperty("sslrootcert") == null
            && "verify-full".equals(settings.getProperty("sslmode"));
    factory = asJava ? new DefaultJavaSSLFactory(settings) : new LibPQFactory(settings);
  }

  /** The settings that make the driver use this. */
  static void putInto(Properties settings, String name) {
    settings.put(NAME, name);
    settings.put("sslfactory", NamedSockets.class.getName());
    settings.put("sslhostnameverifier", Verifier.class.getName());
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean closes)
      throws IOException {
    return super.createSocket(connected, name, port, closes);
  }

  /** Asks whether a certificate is one for that name. Made by the driver, by its name. */
  public static final class Verifier implements HostnameVerifier {
    private final String name;

    public Verifier(Properties settings) {
      name = settings.getProperty(NAME);
    }

    @Override
    public boolean verify(String host, SSLSession session) {
      return PGjdbcHostnameVerifier.INSTANCE.verify(name, session);
    }
  }
}
