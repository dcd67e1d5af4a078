internal import NIOCore

/// Cuts a stream of bytes into lines, looking at each byte once and keeping at most one
/// unfinished line.
struct LineSplitter {
  /// What a look at the bytes gave.
  enum Step {
    case line(ByteBuffer)
    case needMore
    case tooLong
  }

  private var pending = ByteBuffer()
  private var searched = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  mutating func append(_ bytes: inout ByteBuffer) {
    guard pending.readableBytes > 0 else {
      pending = bytes
      searched = 0
      return
    }
    pending.discardReadBytes()
    pending.writeBuffer(&bytes)
  }

  /// The next whole line without its end, or why there is none.
  mutating func next() -> Step {
    let found = pending.readableBytesView.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n"))
    guard let found else {
      searched = pending.readableBytes
      return searched > limit ? .tooLong : .needMore
    }
    let length = found - pending.readerIndex
    searched = 0
    guard length <= limit, var line = pending.readSlice(length: length) else { return .tooLong }
    pending.moveReaderIndex(forwardBy: 1)
    if line.readableBytesView.last == UInt8(ascii: "\r") {
      line.moveWriterIndex(to: line.writerIndex - 1)
    }
    return .line(line)
  }
}
