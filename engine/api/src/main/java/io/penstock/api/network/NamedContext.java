package io.penstock.api.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context for clients whose engines and sockets know the server by its {@link ServerName}. */
final class NamedContext extends SSLContext {
  NamedContext(Spi made, SSLContext below) {
    super(made, below.getProvider(), below.getProtocol());
  }

  /** What such a context does, by another one. */
  static final class Spi extends SSLContextSpi {
    private final SSLContext below;
    private final ServerName name;

    Spi(SSLContext below, ServerName name) {
      this.below = below;
      this.name = name;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
      throw new IllegalStateException("it has its keys");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return new Sockets(below.getSocketFactory(), name);
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return below.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return engineCreateSSLEngine(name.text(), -1);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return new NamedEngine(below.createSSLEngine(name.text(), port), name);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return below.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return below.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return below.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return below.getSupportedSSLParameters();
    }
  }

  /** Sockets over those that are connected already; clients make no others of a context. */
  private static final class Sockets extends SSLSocketFactory {
    private final SSLSocketFactory below;
    private final ServerName name;

    Sockets(SSLSocketFactory below, ServerName name) {
      this.below = below;
      this.name = name;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean closes)
        throws IOException {
      return below.createSocket(connected, name.text(), port, closes);
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new IllegalStateException("it would connect to the name");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw new IllegalStateException("it would connect to the name");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new IllegalStateException("it would not know the name");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw new IllegalStateException("it would not know the name");
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return below.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return below.getSupportedCipherSuites();
    }
  }
}
