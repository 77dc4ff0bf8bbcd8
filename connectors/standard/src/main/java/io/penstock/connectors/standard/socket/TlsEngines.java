package io.penstock.connectors.standard.socket;

import io.penstock.api.network.ServerTls;
import io.penstock.api.network.Tls;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes what each connection by TLS needs one of. */
final class TlsEngines {
  private TlsEngines() {}

  /** For those who connect to us. */
  static Supplier<SSLEngine> server(ServerTls tls, Disk disk, Files files) throws IOException {
    SSLContext context = tls.context(disk, files);
    return () -> {
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      SSLParameters wanted = engine.getSSLParameters();
      wanted.setProtocols(tls.minVersion().protocols());
      wanted.setNeedClientAuth(tls.ca().isPresent());
      engine.setSSLParameters(wanted);
      return engine;
    };
  }

  /** For connections to a receiver, whose name its certificate must have. */
  static Supplier<SSLEngine> client(Tls tls, Address to, Disk disk, Files files)
      throws IOException {
    SSLContext context = tls.context(disk, files);
    return () -> {
      SSLEngine engine = context.createSSLEngine(to.host(), to.port());
      engine.setUseClientMode(true);
      SSLParameters wanted = engine.getSSLParameters();
      wanted.setProtocols(tls.minVersion().protocols());
      wanted.setEndpointIdentificationAlgorithm(tls.verify() == Tls.Verify.FULL ? "HTTPS" : "");
      engine.setSSLParameters(wanted);
      return engine;
    };
  }
}
