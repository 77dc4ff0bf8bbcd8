package io.penstock.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacedJsonTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static PlacedJson.Place place(int line, int column) {
    return new PlacedJson.Place(line, column);
  }

  @Test
  void eachValueKnowsItsLineAndColumnInCharacters() {
    PlacedJson value = PlacedJson.parse(utf8("\uFEFF{\"é𝄞\": [1,\r\n  \"x\"],\r \"b\" : true}\n"));

    PlacedJson list = value.member("é𝄞").orElseThrow();
    assertEquals(place(1, 1), value.place());
    assertEquals(place(1, 8), list.place());
    assertEquals(place(1, 9), list.elements().get(0).place());
    assertEquals(place(2, 3), list.elements().get(1).place());
    assertEquals(place(3, 8), value.member("b").orElseThrow().place());
  }

  @Test
  void namesKeepTheOrderOfTheFile() {
    PlacedJson value = PlacedJson.parse(utf8("{\"z\": null, \"a\": -1.50, \"m\": {}}"));

    assertEquals(List.of("z", "a", "m"), List.copyOf(value.members().keySet()));
    assertEquals("-1.50", value.member("a").orElseThrow().text());
    assertEquals(Optional.empty(), value.member("z").orElseThrow().asText());
  }

  @Test
  void aNameTwiceInOneObjectIsAProblemAtTheSecond() {
    byte[] text = utf8("{\"a\": {\"b\": 1},\n \"b\": 2,\n \"a\": 3}");

    JsonProblem problem = assertThrows(JsonProblem.class, () -> PlacedJson.parse(text));

    assertEquals("the name `a` stands there twice", problem.text());
    assertEquals(place(3, 2), PlacedJson.Place.of(text, problem.offset()));
  }

  @Test
  void whatIsNoJsonIsAProblemWhereItStopsToBe() {
    byte[] text = utf8("{\n  \"a\": nil\n}");

    JsonProblem problem = assertThrows(JsonProblem.class, () -> PlacedJson.parse(text));

    assertEquals(place(2, 8), PlacedJson.Place.of(text, problem.offset()));
    assertThrows(JsonProblem.class, () -> PlacedJson.parse(utf8("")));
    assertThrows(JsonProblem.class, () -> PlacedJson.parse(utf8("{} {}")));
  }
}
