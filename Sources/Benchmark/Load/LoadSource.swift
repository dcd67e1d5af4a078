/// Makes the lines that the load's connections send.
protocol LoadSource: Sendable {
  /// A company to which a connection goes; none is 0.
  mutating func anyTenant() -> Int64

  /// The line that logs a connection in to a company.
  func login(_ tenant: Int64, into line: inout [UInt8])

  /// The next request of a connection.
  mutating func request(
    of connection: Int, tenant: Int64, errand: inout RequestSource.Errand, into line: inout [UInt8])

  /// The request was carried out.
  mutating func carriedOut(_ errand: RequestSource.Errand, tenant: Int64)
}

extension LoadSource {
  /// Writes the line that logs in with a session's token.
  static func login(with token: String, into line: inout [UInt8]) {
    line.append(
      contentsOf: #"{"jsonrpc":"2.0","id":0,"method":"auth.token","params":{"token":""#.utf8)
    line.append(contentsOf: token.utf8)
    line.append(contentsOf: "\"}}\n".utf8)
  }
}
