internal import JSON
internal import Testing

/// What the writer writes is JSON on one line.
@Suite struct WriterTests {
  @Test func `Commas stand between values and nowhere else`() {
    var writer = JSONWriter()
    writer.object {
      $0.name("empty")
      $0.object { _ in }
      $0.name("list")
      $0.array {
        $0.value(1)
        $0.array { _ in }
        $0.null()
        $0.object {
          $0.name("a")
          $0.value(true)
        }
        $0.value("x")
      }
      $0.name("last")
      $0.value(-5)
    }
    #expect(text(writer) == #"{"empty":{},"list":[1,[],null,{"a":true},"x"],"last":-5}"#)
  }

  @Test func `Texts are escaped where JSON or a terminal needs it`() {
    var writer = JSONWriter()
    writer.value("\"\\/\u{8}\u{9}\u{A}\u{C}\u{D}\u{0}\u{1}\u{1F}\u{7F}é😀\u{2028}")
    #expect(
      text(writer)
        == #""\"\\/\b\t\n\f\r\u0000\u0001\u001f\u007fé😀"# + "\u{2028}\"")
    for plain in ["", "a", "Кухня", "\"", "a\"", "\"a"] {
      var writer = JSONWriter()
      writer.value(plain)
      #expect(try! JSONReader().read(writer.bytes) == .string(plain))
    }
  }

  @Test func `A text beyond the room that was foreseen is written whole`() throws {
    for room in [0, 1, 2, 3, 7, 300] {
      for length in [0, 1, 2, 254, 255, 256, 257, 3000] {
        var writer = JSONWriter(reservingCapacity: room)
        let texts = [
          String(repeating: "ж", count: length), String(repeating: "\"\u{1}", count: length),
        ]
        writer.array { for text in texts { $0.value(text) } }
        #expect(try JSONReader().read(writer.bytes) == .array(texts.map { .string($0) }))
        #expect(RawJSON { $0.array { for text in texts { $0.value(text) } } }.bytes == writer.bytes)
      }
    }
  }

  @Test func `A text that somebody else writes stands between quotes`() {
    var writer = JSONWriter()
    writer.array {
      $0.string(atMost: 5) { place in
        place[0] = 0x61
        return 1
      }
      $0.string(atMost: 0) { _ in 0 }
    }
    #expect(text(writer) == #"["a",""]"#)
  }

  @Test func `Names are escaped as texts are`() {
    var writer = JSONWriter()
    let name = "a\"\n"
    writer.object {
      $0.name(name)
      $0.value(1)
    }
    #expect(text(writer) == #"{"a\"\n":1}"#)
  }

  @Test(arguments: [0, 1, -1, 9, 10, -10, 1_000_000, .max, .min] as [Int64])
  func `An integer is written to its last digit`(_ integer: Int64) {
    var writer = JSONWriter()
    writer.value(integer)
    #expect(text(writer) == String(integer))
  }

  @Test func `Doubles are written exactly, and what JSON has no word for as null`() throws {
    for double in [0, -0.0, 0.1, 1e21, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1.0 / 3]
      as [Double]
    {
      var writer = JSONWriter()
      writer.value(double)
      #expect(try JSONReader().read(writer.bytes).double == double)
    }
    for double in [Double.nan, .infinity, -.infinity] {
      var writer = JSONWriter()
      writer.value(double)
      #expect(text(writer) == "null")
    }
  }

  @Test func `What is absent is null`() {
    var writer = JSONWriter()
    writer.array {
      $0.value(String?.none)
      $0.value(Int64?.none)
      $0.value(Int?.none)
      $0.value(Bool?.none)
      $0.value(Double?.none)
      $0.value(Int64?.some(5))
    }
    #expect(text(writer) == "[null,null,null,null,null,5]")
  }

  @Test func `JSON from elsewhere is spliced in on one line, with commas around it`() throws {
    var writer = JSONWriter()
    writer.array {
      $0.raw(Array("[{\"a\":1}, \n {\"a\":\"x\\ny\"}]\r\n".utf8))
      $0.raw(RawJSON(checked: Array("{\n}".utf8)))
      $0.raw(RawJSON(["b": 2]))
    }
    #expect(!writer.bytes.contains(0x0A) && !writer.bytes.contains(0x0D))
    #expect(text(writer) == #"[[{"a":1},   {"a":"x\ny"}]  ,{ },{"b":2}]"#)
  }

  @Test func `Any bytes of text go out as they are`() throws {
    let bytes = Array("Анна\t\"x\"".utf8)
    var writer = JSONWriter(reservingCapacity: 64)
    bytes.withUnsafeBytes { writer.string(bytes: $0) }
    #expect(try JSONReader().read(writer.bytes) == "Анна\t\"x\"")
  }

  private func text(_ writer: JSONWriter) -> String {
    String(decoding: writer.bytes, as: UTF8.self)
  }
}
