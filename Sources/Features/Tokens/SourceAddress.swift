internal import Glibc

/// An address of the Internet, of either version; one of version 4 that is written within version 6 is one
/// of version 4.
struct SourceAddress: Sendable, Hashable {
  /// Four or sixteen bytes.
  let bytes: [UInt8]

  /// Reads an address without a port; a zone (`%eth0`) does not count.
  init?(_ text: String) {
    let plain = String(text.prefix { $0 != "%" })
    var version4 = in_addr()
    if inet_pton(AF_INET, plain, &version4) == 1 {
      bytes = withUnsafeBytes(of: &version4) { Array($0) }
      return
    }
    var version6 = in6_addr()
    guard inet_pton(AF_INET6, plain, &version6) == 1 else { return nil }
    let all = withUnsafeBytes(of: &version6) { Array($0) }
    bytes = all.starts(with: Self.mappedPrefix) ? Array(all.suffix(4)) : all
  }

  static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

  /// What guesses are counted by: an address, or of version 6 the network of 64 bits, since who holds one
  /// address of it usually holds all.
  var counted: String {
    bytes.count == 4 ? Self.text(bytes) : Self.text(bytes.prefix(8) + Array(repeating: 0, count: 8))
  }

  /// As people write it.
  static func text(_ bytes: [UInt8]) -> String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
