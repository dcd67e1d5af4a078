extension Parameter {
  /// An array of whole numbers, as `{1,2}`; cast it with `$1::bigint[]`.
  public static func integers(_ values: some Sequence<Int64>) -> Parameter {
    array(values) { value, bytes in bytes.append(contentsOf: String(value).utf8) }
  }

  /// An array of whole numbers with NULLs among them; cast it with `$1::bigint[]`.
  public static func integers(_ values: some Sequence<Int64?>) -> Parameter {
    array(values) { value, bytes in
      bytes.append(contentsOf: value.map { String($0) }?.utf8 ?? "NULL".utf8)
    }
  }

  /// An array of texts, quoted; cast it with `$1::text[]`, or to any array whose elements have a
  /// text form.
  public static func strings(_ values: some Sequence<String>) -> Parameter {
    array(values, element: appendQuoted)
  }

  /// An array of texts with NULLs among them, quoted; cast it with `$1::text[]`, or to any array
  /// whose elements have a text form.
  public static func strings(_ values: some Sequence<String?>) -> Parameter {
    array(values) { value, bytes in
      guard let value else { return bytes.append(contentsOf: "NULL".utf8) }
      appendQuoted(value, to: &bytes)
    }
  }

  /// An array of truth values; cast it with `$1::boolean[]`.
  public static func bools(_ values: some Sequence<Bool>) -> Parameter {
    array(values) { value, bytes in bytes.append(UInt8(ascii: value ? "t" : "f")) }
  }

  private static func array<Element>(
    _ values: some Sequence<Element>, element: (Element, inout [UInt8]) -> Void
  ) -> Parameter {
    var bytes = [UInt8(ascii: "{")]
    var isFirst = true
    for value in values {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      element(value, &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return .bytes(bytes)
  }

  /// Always quoted: an element `NULL`, an empty one and one with a comma would read as something else.
  private static func appendQuoted(_ value: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
