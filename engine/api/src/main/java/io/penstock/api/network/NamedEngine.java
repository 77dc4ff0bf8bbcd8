package io.penstock.api.network;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** An engine that asks for a {@link ServerName}, whatever name its user asks for. */
final class NamedEngine extends SSLEngine {
  private final SSLEngine below;
  private final ServerName name;

  NamedEngine(SSLEngine below, ServerName name) {
    super(below.getPeerHost(), below.getPeerPort());
    this.below = below;
    this.name = name;
  }

  // The HTTP client of Java names the host of the URL here.
  @Override
  public void setSSLParameters(SSLParameters asked) {
    below.setSSLParameters(name.in(asked));
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] plain, int from, int count, ByteBuffer secret)
      throws SSLException {
    return below.wrap(plain, from, count, secret);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer secret, ByteBuffer[] plain, int from, int count)
      throws SSLException {
    return below.unwrap(secret, plain, from, count);
  }

  @Override
  public String getApplicationProtocol() {
    return below.getApplicationProtocol();
  }

  @Override
  public String getHandshakeApplicationProtocol() {
    return below.getHandshakeApplicationProtocol();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLEngine, List<String>, String> selector) {
    below.setHandshakeApplicationProtocolSelector(selector);
  }

  @Override
  public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
    return below.getHandshakeApplicationProtocolSelector();
  }

  @Override
  public Runnable getDelegatedTask() {
    return below.getDelegatedTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    below.closeInbound();
  }

  @Override
  public boolean isInboundDone() {
    return below.isInboundDone();
  }

  @Override
  public void closeOutbound() {
    below.closeOutbound();
  }

  @Override
  public boolean isOutboundDone() {
    return below.isOutboundDone();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return below.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return below.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    below.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return below.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return below.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    below.setEnabledProtocols(protocols);
  }

  @Override
  public SSLSession getSession() {
    return below.getSession();
  }

  @Override
  public SSLSession getHandshakeSession() {
    return below.getHandshakeSession();
  }

  @Override
  public void beginHandshake() throws SSLException {
    below.beginHandshake();
  }

  @Override
  public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
    return below.getHandshakeStatus();
  }

  @Override
  public void setUseClientMode(boolean client) {
    below.setUseClientMode(client);
  }

  @Override
  public boolean getUseClientMode() {
    return below.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    below.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return below.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    below.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return below.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean may) {
    below.setEnableSessionCreation(may);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return below.getEnableSessionCreation();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return below.getSSLParameters();
  }
}
