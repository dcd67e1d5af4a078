/// A statement's parameters as libpq wants them: NUL-terminated texts in one piece of memory.
///
/// Encoded where the statement is bound, so that the engine's thread has only pointers to make.
struct ParameterBuffer: Sendable {
  /// A place without a text.
  private static let null = -1
  /// The protocol counts parameters in 16 bits.
  private static let countLimit = 65_535
  /// PostgreSQL's messages end at 1 GiB.
  private static let sizeLimit = 1 << 30

  private var bytes: [UInt8] = []
  private var starts: [Int] = []
  /// Why these parameters cannot be sent.
  private(set) var failure: PostgresError?

  var count: Int {
    starts.count
  }

  init(_ parameters: [Parameter]) {
    starts.reserveCapacity(parameters.count)
    for (index, parameter) in parameters.enumerated() {
      append(parameter, at: index)
    }
    if starts.count > Self.countLimit || bytes.count > Self.sizeLimit {
      failure = PostgresError(
        .invalidParameter, message: "more parameters than a message can carry")
    }
  }

  private mutating func append(_ parameter: Parameter, at index: Int) {
    let start = bytes.count
    switch parameter {
    case .null:
      starts.append(Self.null)
      return
    case .text(let text):
      bytes.append(contentsOf: text.utf8)
    case .bytes(let text):
      bytes.append(contentsOf: text)
    }
    if bytes[start...].contains(0) {
      // libpq would take the text as ending there.
      failure = PostgresError(.invalidParameter, message: "parameter $\(index + 1) contains NUL")
    }
    bytes.append(0)
    starts.append(start)
  }

  /// The values as texts, nil where there is none.
  var texts: [String?] {
    starts.map { start in
      guard start != Self.null else { return nil }
      return String(decoding: bytes[start...].prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// Calls the body with libpq's array of values; the pointers are good for that call only.
  func withValues<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    guard !starts.isEmpty else { return body(nil) }
    return bytes.withUnsafeBytes { bytes in
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return withUnsafeTemporaryAllocation(
        of: UnsafePointer<CChar>?.self, capacity: starts.count
      ) { values in
        for (index, start) in starts.enumerated() {
          values.initializeElement(
            at: index, to: start == Self.null ? nil : base.map { $0 + start })
        }
        return body(values.baseAddress.map { UnsafePointer($0) })
      }
    }
  }
}
