internal import NIOCore

#if canImport(Glibc)
internal import Glibc
#endif

/// Bytes that came and have not been carried out yet, taken out line by line.
///
/// What has been searched for a line's end is not searched again, so a line that comes byte by byte
/// costs no more than one that comes at once. Empty, it holds no memory.
struct LineBuffer {
  /// What stands at the front.
  enum Next {
    /// A whole line without its end; never empty.
    case line(ByteBuffer)
    /// No whole line yet.
    case incomplete
    /// More bytes than a line may have.
    case tooLong
  }

  private let limit: Int
  private var bytes = ByteBuffer()
  /// How many readable bytes at the front are known to hold no line feed.
  private var searched = 0

  /// A buffer for lines of at most `limit` bytes.
  init(limit: Int) {
    self.limit = limit
  }

  /// How many bytes wait.
  var count: Int { bytes.readableBytes }

  /// Adds what came.
  mutating func append(_ new: inout ByteBuffer) {
    guard bytes.readableBytes > 0 else {
      bytes = new
      searched = 0
      return
    }
    if bytes.readerIndex > bytes.readableBytes { bytes.discardReadBytes() }
    bytes.writeBuffer(&new)
  }

  /// Forgets everything.
  mutating func removeAll() {
    bytes = ByteBuffer()
    searched = 0
  }

  /// Whether `next` would take something out.
  mutating func hasNext(isAtEnd: Bool) -> Bool {
    bytes.readableBytes > 0 && (isAtEnd || lineEnd() != nil || bytes.readableBytes > limit + 1)
  }

  /// Takes the next line out. `isAtEnd`: nothing more comes, so what is left is a line too.
  mutating func next(isAtEnd: Bool) -> Next {
    while let length = lineEnd() {
      let line = take(length, lineFeed: 1)
      if line.readableBytes > limit { return .tooLong }
      if line.readableBytes > 0 { return .line(line) }
    }
    // One byte more may be a carriage return, which does not count.
    if bytes.readableBytes > limit + 1 { return .tooLong }
    guard isAtEnd, bytes.readableBytes > 0 else { return .incomplete }
    let line = take(bytes.readableBytes, lineFeed: 0)
    if line.readableBytes > limit { return .tooLong }
    return line.readableBytes > 0 ? .line(line) : .incomplete
  }

  /// How many bytes stand before the first line feed.
  private mutating func lineEnd() -> Int? {
    let searched = self.searched
    let found = bytes.withUnsafeReadableBytes { bytes -> Int? in
      guard searched < bytes.count, let start = bytes.baseAddress,
        let place = memchr(start + searched, Int32(UInt8(ascii: "\n")), bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(place) - start
    }
    self.searched = found ?? bytes.readableBytes
    return found
  }

  private mutating func take(_ length: Int, lineFeed: Int) -> ByteBuffer {
    var line = bytes.readSlice(length: length) ?? ByteBuffer()
    bytes.moveReaderIndex(forwardBy: lineFeed)
    searched = 0
    if bytes.readableBytes == 0 { bytes = ByteBuffer() }
    if line.readableBytesView.last == UInt8(ascii: "\r") {
      line.moveWriterIndex(to: line.writerIndex - 1)
    }
    return line
  }
}
