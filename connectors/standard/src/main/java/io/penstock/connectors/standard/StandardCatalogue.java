package io.penstock.connectors.standard;

import io.penstock.api.option.Catalogue;
import io.penstock.connectors.standard.console.ConsoleSinkConfig;
import io.penstock.connectors.standard.console.ConsoleSourceConfig;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.TsvConfig;
import io.penstock.connectors.standard.discard.DiscardConfig;
import io.penstock.connectors.standard.file.FileSinkConfig;
import io.penstock.connectors.standard.file.FileSourceConfig;
import io.penstock.connectors.standard.generator.GeneratorConfig;
import io.penstock.connectors.standard.json.DebeziumConfig;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.connectors.standard.json.JsonSchemaConfig;
import io.penstock.connectors.standard.log.CefConfig;
import io.penstock.connectors.standard.log.LogfmtConfig;
import io.penstock.connectors.standard.log.SyslogConfig;
import io.penstock.connectors.standard.nexmark.NexmarkConfig;
import io.penstock.connectors.standard.socket.SyslogSinkConfig;
import io.penstock.connectors.standard.socket.SyslogSourceConfig;
import io.penstock.connectors.standard.socket.TcpSinkConfig;
import io.penstock.connectors.standard.socket.TcpSourceConfig;
import io.penstock.connectors.standard.socket.UdpSinkConfig;
import io.penstock.connectors.standard.socket.UdpSourceConfig;
import io.penstock.connectors.standard.table.TableConfig;
import io.penstock.connectors.standard.text.TextConfig;
import io.penstock.connectors.standard.xml.XmlConfig;
import java.util.List;

/** What this module brings. */
public final class StandardCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(
        FileSourceConfig.class,
        ConsoleSourceConfig.class,
        GeneratorConfig.class,
        NexmarkConfig.class,
        TcpSourceConfig.class,
        UdpSourceConfig.class,
        SyslogSourceConfig.class,
        FileSinkConfig.class,
        ConsoleSinkConfig.class,
        DiscardConfig.class,
        TcpSinkConfig.class,
        UdpSinkConfig.class,
        SyslogSinkConfig.class,
        JsonConfig.class,
        DebeziumConfig.class,
        XmlConfig.class,
        CsvConfig.class,
        TsvConfig.class,
        TextConfig.class,
        LogfmtConfig.class,
        SyslogConfig.class,
        CefConfig.class,
        TableConfig.class,
        JsonSchemaConfig.class);
  }
}
