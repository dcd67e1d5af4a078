public import JSON
internal import NIOCore

/// A request encoded once, apart from its id, so that it can be sent many times.
public struct PreparedCall: Sendable {
  private let tail: [UInt8]

  /// Encodes a call.
  public init(_ method: String, _ params: JSON? = nil) {
    self.init(method, raw: params.map { RawJSON($0) })
  }

  /// Encodes a call whose params are JSON already.
  public init(_ method: String, raw params: RawJSON?) {
    var writer = JSONWriter(reservingCapacity: 64)
    writer.value(method)
    var tail = Array(#","method":"#.utf8) + writer.bytes
    if let params { tail += Array(#","params":"#.utf8) + params.bytes }
    self.tail = tail + Array("}\n".utf8)
  }

  /// How many bytes one sending takes, the id's digits apart.
  public var byteCount: Int { Self.head.utf8.count + tail.count }

  private static let head = #"{"jsonrpc":"2.0","id":"#

  func write(id: Int, to buffer: inout ByteBuffer) {
    buffer.writeString(Self.head)
    buffer.writeString(String(id))
    buffer.writeBytes(tail)
  }
}
