package io.penstock.connectors.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.penstock.connectors.registry.RegistryProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources as registries keep them; what protoc has made of the same is the judge. */
final class ProtoSourceTest {
  private static FileDescriptor built(FileDescriptorProto file) throws Exception {
    FileDescriptorProto named = file.toBuilder().setName("a.proto").build();
    return MessageTypes.of(List.of(named)).file("a.proto").orElseThrow();
  }

  private static FileDescriptor read(String source) throws Exception {
    return built(ProtoSource.read(source));
  }

  private static FieldDescriptor field(FileDescriptor file, String message, String field) {
    return file.findMessageTypeByName(message).findFieldByName(field);
  }

  /** What the library has resolved, without what only other languages want. */
  private static FileDescriptorProto resolved(FileDescriptor file) {
    FileDescriptorProto.Builder all =
        file.toProto().toBuilder().setName("a.proto").clearOptions().clearSyntax();
    all.getMessageTypeBuilderList().forEach(m -> resolve(m, file, file.getPackage()));
    return all.build();
  }

  private static void resolve(DescriptorProto.Builder message, FileDescriptor file, String in) {
    String name = in + "." + message.getName();
    Descriptor type = find(file, name);
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      FieldDescriptor known = type.findFieldByNumber(field.getNumber());
      field.clearJsonName().setType(known.toProto().getType());
      field.clearOptions();
      if (known.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        field.setType(
            known.getType() == FieldDescriptor.Type.GROUP
                ? FieldDescriptorProto.Type.TYPE_GROUP
                : FieldDescriptorProto.Type.TYPE_MESSAGE);
        field.setTypeName("." + known.getMessageType().getFullName());
      } else if (known.getJavaType() == FieldDescriptor.JavaType.ENUM) {
        field.setType(FieldDescriptorProto.Type.TYPE_ENUM);
        field.setTypeName("." + known.getEnumType().getFullName());
      }
    }
    message.getNestedTypeBuilderList().forEach(inner -> resolve(inner, file, name));
  }

  private static Descriptor find(FileDescriptor file, String name) {
    return MessageTypes.of(file).stream()
        .filter(type -> type.getFullName().equals(name))
        .findFirst()
        .orElseGet(() -> entry(file, name));
  }

  private static Descriptor entry(FileDescriptor file, String name) {
    int point = name.lastIndexOf('.');
    return find(file, name.substring(0, point)).findNestedTypeByName(name.substring(point + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "old"})
  void aSourceGivesTheMessagesThatProtocMakesOfIt(String name) throws Exception {
    String source = new String(Shop.resource(name + ".proto"), StandardCharsets.UTF_8);
    FileDescriptorProto made =
        FileDescriptorSet.parseFrom(Shop.resource("shop.desc")).getFileList().stream()
            .filter(file -> file.getName().equals(name + ".proto"))
            .findFirst()
            .orElseThrow();

    assertEquals(resolved(built(made)), resolved(read(source)));
  }

  @Test
  void whatSaysNothingAboutBytesIsPassed() throws Exception {
    FileDescriptor file =
        read(
            """
            /* of
               several lines */ syntax = "proto3"; // and of one
            package a.b;
            option java_package = "x" "y";
            option (mine).deep = { text: "}" list: [1, 2] };
            import weak "google/protobuf/any.proto";
            ;
            message M {
              option deprecated = true;
              reserved 2, 4 to max; reserved "old", 'older';
              int32 message = 1 [(mine) = -1.5e+3, json_name = "m", deprecated = true];
              repeated int32 reserved_ones = 3 [packed = false];
              oneof choice { option (mine) = true; string option_a = 5; .a.b.E e = 6; }
              optional bool maybe = 7;
              optional bool perhaps = 8;
              message oneof_like {}
              oneof_like inner = 9;
            }
            enum E { option allow_alias = true; reserved 5; NONE = 0; NIL = 0x0; LOW = -1; HIGH = 010; }
            extend M { string more = 100; }
            service S { rpc R(M) returns (stream M) { option (x) = "}"; } }
            """);

    assertEquals("a.b.M", file.findMessageTypeByName("M").getFullName());
    assertEquals(
        List.of(0, 0, -1, 8),
        file.findEnumTypeByName("E").toProto().getValueList().stream()
            .map(v -> v.getNumber())
            .toList());
    assertEquals("m", field(file, "M", "message").getJsonName());
    assertTrue(!field(file, "M", "reserved_ones").isPacked());
    assertEquals("choice", field(file, "M", "e").getRealContainingOneof().getName());
    assertEquals(null, field(file, "M", "maybe").getRealContainingOneof());
    assertTrue(field(file, "M", "perhaps").hasPresence());
  }

  @Test
  void valuesByDefaultAreThoseOfTheSource() throws Exception {
    FileDescriptor file =
        read(
            """
            message M {
              optional string text = 1 [default = "a\\tb\\u00e4\\x41\\102" 'c'];
              optional bytes raw = 2 [default = "\\000\\377"];
              optional double wide = 3 [default = -inf];
              optional int64 small = 4 [default = -0x10];
              optional E kind = 5 [default = TWO];
              extensions 100 to 199;
              enum E { ONE = 1; TWO = 2; }
            }
            """);

    assertEquals("a\tb\u00e4ABc", field(file, "M", "text").getDefaultValue());
    assertEquals(
        com.google.protobuf.ByteString.copyFrom(new byte[] {0, (byte) 255}),
        field(file, "M", "raw").getDefaultValue());
    assertEquals(Double.NEGATIVE_INFINITY, field(file, "M", "wide").getDefaultValue());
    assertEquals(-16L, field(file, "M", "small").getDefaultValue());
    assertEquals("TWO", field(file, "M", "kind").getDefaultValue().toString());
  }

  @Test
  void anEditionSaysWhatFieldsAreLike() throws Exception {
    FileDescriptor file =
        read(
            """
            edition = "2023";
            option features.field_presence = IMPLICIT;
            message M {
              int32 a = 1;
              int32 b = 2 [features.field_presence = EXPLICIT];
              repeated int32 c = 3 [features.repeated_field_encoding = EXPANDED];
              M d = 4 [features.message_encoding = DELIMITED];
            }
            """);

    assertTrue(!field(file, "M", "a").hasPresence());
    assertTrue(field(file, "M", "b").hasPresence());
    assertTrue(!field(file, "M", "c").isPacked());
    assertEquals(FieldDescriptor.Type.GROUP, field(file, "M", "d").getType());
  }

  private static String refused(String source) {
    return assertThrows(RegistryProblem.class, () -> ProtoSource.read(source)).text();
  }

  @Test
  void whatIsNoSourceIsToldWithItsLine() {
    String in = "the registry's schema cannot be read: in its line ";

    assertEquals(in + "1, `{` begins nothing that a file has", refused("{}"));
    assertEquals(in + "2, `=` is missing", refused("message M {\n int32 a 1; }"));
    assertEquals(in + "1, a name or a sign is missing", refused("message M { reserved 1"));
    assertEquals(in + "1, `x` is no number here", refused("message M { int32 a = x; }"));
    assertEquals(in + "1, a text has no end", refused("syntax = \"proto3;"));
    assertEquals(in + "1, `proto4` is no syntax that is known", refused("syntax = 'proto4';"));
    assertEquals(in + "1, `1999` is no edition that is known", refused("edition = '1999';"));
    assertEquals(
        in + "1, messages stand inside each other too deep", refused("message M {".repeat(200)));
  }

  @Test
  void anyTextIsReadOrRefused() throws IOException {
    String source = new String(Shop.resource("shop.proto"), StandardCharsets.UTF_8);
    int read = 0;
    for (int end = 0; end < source.length(); end++) {
      try {
        assertTrue(ProtoSource.read(source.substring(0, end)).getMessageTypeCount() < 100);
        read++;
      } catch (RegistryProblem wrong) {
        assertTrue(wrong.text().startsWith("the registry's schema cannot be read: in its line "));
      }
    }
    assertTrue(read > 10, "some beginnings are whole");
  }
}
