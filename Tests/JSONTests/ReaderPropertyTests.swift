internal import JSON
internal import Testing

/// The reader against a slow reference that shares no code with it, over many seeded texts.
@Suite struct ReaderPropertyTests {
  private static let texts = [
    #"{"jsonrpc":"2.0","method":"deal.list","params":{"limit":50,"after":null},"id":7}"#,
    #"[1,-0,0.5,1e3,-2.5E-7,123456789012345678901234567890,"\u0041\ud83d\ude00\n\/",true,false]"#,
    #"{"a":{"b":{"c":[[],[{}],[[[]]]]}},"":"","кухня":"Кухня на заказ","é":"é"}"#,
    "\t[ 1 ,\r\n \"x\" , { \"a\" : null , \"b\" : 1.5e+10 } ] \n",
    #"["\"","\\","\b\f\n\r\t","\u00e9\u20ac","é€😀"]"#,
  ]
  /// Bytes that tend to matter where they appear.
  private static let marks =
    Array(#"{}[]:,"\/-+.eE019 truefalsn"#.utf8) + [
      0, 9, 10, 13, 0x1F, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xA0, 0xEF, 0xBB, 0xF0, 0xF4,
      0xFF,
    ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `A mutated text is taken exactly where the reference takes it, with the same value`(
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    var accepted = 0
    for _ in 0..<4000 {
      var bytes = Array(Self.texts.randomElement(using: &generator)?.utf8 ?? "".utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        Self.mutate(&bytes, &generator)
      }
      let value = try? JSONReader().read(bytes)
      if value != nil { accepted += 1 }
      #expect(value == ReferenceReader.read(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
    // Both kinds have to come up, else nothing was compared.
    #expect((100..<3900).contains(accepted))
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `What is written reads back as the same value`(seed: UInt64) throws {
    var random = RandomJSON(seed: seed)
    for _ in 0..<500 {
      let value = random.value()
      let text = RawJSON(value).bytes
      #expect(try JSONReader().read(text) == value)
      #expect(ReferenceReader.read(text) == value)
      #expect(!text.contains(0x0A))
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let mark = marks[Int.random(in: 0..<marks.count, using: &generator)]
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes.remove(at: place)
    case 1: bytes[place] = mark
    case 2: bytes.insert(mark, at: place)
    case 3: bytes.removeLast(bytes.count - place)
    case 4: bytes.insert(contentsOf: bytes[place..<min(place + 12, bytes.count)], at: place)
    default: bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
    }
  }
}
