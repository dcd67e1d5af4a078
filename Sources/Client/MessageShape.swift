internal import NIOCore

/// What a message is, told from its top-level member names alone, so that a long reply need not be
/// read twice.
enum MessageShape: Equatable {
  case result
  case error
  case notification
  case unknown

  /// Looks at the members from the left and stops at the first that decides.
  init(_ line: ByteBuffer) {
    self = line.withUnsafeReadableBytes { bytes in
      var scanner = Scanner(bytes: bytes)
      return scanner.shape()
    }
  }

  private struct Scanner {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    mutating func shape() -> MessageShape {
      skipSpace()
      guard take(UInt8(ascii: "{")) else { return .unknown }
      while true {
        skipSpace()
        guard let name = string() else { return .unknown }
        if let decided = Self.decision(bytes[name]) { return decided }
        skipSpace()
        guard take(UInt8(ascii: ":")) else { return .unknown }
        skipValue()
        skipSpace()
        guard take(UInt8(ascii: ",")) else { return .unknown }
      }
    }

    private static func decision(_ name: Slice<UnsafeRawBufferPointer>) -> MessageShape? {
      if name.elementsEqual("result".utf8) { return .result }
      if name.elementsEqual("error".utf8) { return .error }
      if name.elementsEqual("method".utf8) { return .notification }
      return nil
    }

    private mutating func skipSpace() {
      while position < bytes.count {
        switch bytes[position] {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
        default: return
        }
      }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }

    /// The range between a string's quotes, with escapes as they stand.
    private mutating func string() -> Range<Int>? {
      guard take(UInt8(ascii: "\"")) else { return nil }
      let start = position
      while position < bytes.count {
        let byte = bytes[position]
        position += byte == UInt8(ascii: "\\") ? 2 : 1
        if byte == UInt8(ascii: "\"") { return start..<(position - 1) }
      }
      return nil
    }

    private mutating func skipValue() {
      skipSpace()
      var depth = 0
      while position < bytes.count {
        switch bytes[position] {
        case UInt8(ascii: "\""):
          guard string() != nil else { return }
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 { return }
          depth -= 1
        case UInt8(ascii: ",") where depth == 0: return
        default: break
        }
        position += 1
      }
    }
  }
}
