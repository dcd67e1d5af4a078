/// Asks the same few questions over and over, as one user.
struct SearchLoad: LoadSource {
  private let token: String
  private let lines: [[UInt8]]
  private var random: LoadRandom

  init(_ requests: [SearchRequest], token: String, seed: UInt64) {
    self.token = token
    lines = requests.map(\.line)
    random = LoadRandom(seed: seed)
  }

  func anyTenant() -> Int64 { 1 }

  func login(_ tenant: Int64, into line: inout [UInt8]) {
    Self.login(with: token, into: &line)
  }

  mutating func request(
    of connection: Int, tenant: Int64, errand: inout RequestSource.Errand, into line: inout [UInt8]
  ) {
    line.append(contentsOf: lines[random.below(lines.count)])
  }

  func carriedOut(_ errand: RequestSource.Errand, tenant: Int64) {}
}
