internal import JSONRPC

/// A network from which a token is taken: `192.0.2.0/24`, `2001:db8::/32`, or one address.
struct SourceNetwork: Sendable, Hashable {
  private let bytes: [UInt8]
  private let length: Int

  /// Reads a network in CIDR notation, or an address; nil for what is neither, or has bits set behind the
  /// length that it names.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard !text.contains("%"), let address = SourceAddress(String(parts[0])) else { return nil }
    let width = address.bytes.count * 8
    var length = width
    if parts.count == 2 {
      guard let number = Self.number(parts[1]) else { return nil }
      // Of an address of version 4 within version 6 the first 96 bits are given.
      let isMapped = width == 32 && parts[0].contains(":")
      length = isMapped ? number - 96 : number
      guard (0...width).contains(length) else { return nil }
    }
    self.bytes = address.bytes
    self.length = length
    guard Self.masked(address.bytes, length) == address.bytes else { return nil }
  }

  private static func number(_ text: Substring) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  /// Whether an address lies in it.
  func contains(_ address: SourceAddress) -> Bool {
    address.bytes.count == bytes.count && Self.masked(address.bytes, length) == bytes
  }

  private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let bits = min(max(length - index * 8, 0), 8)
      return bits == 0 ? 0 : byte & (0xff << (8 - UInt8(bits)))
    }
  }

  /// As people write it.
  var text: String { "\(SourceAddress.text(bytes))/\(length)" }
}

extension [SourceNetwork] {
  private static let local = ["127.0.0.1", "::1"].compactMap(SourceAddress.init)

  /// Whether a client speaks from one of them; a Unix socket counts as the host's own address.
  func contain(_ origin: ClientOrigin) -> Bool {
    let addresses =
      origin.address.map { [SourceAddress($0)].compactMap(\.self) }
      ?? (origin.isLocal ? Self.local : [])
    return addresses.contains { address in contains { $0.contains(address) } }
  }
}
