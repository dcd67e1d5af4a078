/// Makes the lines that the connections send, and knows what the answers have changed.
struct RequestSource: LoadSource {
  /// Which card a connection is moving, and where to.
  struct Errand {
    var card: Int64 = 0
    var target: Int64 = 0
  }

  let operation: Operation
  let ground: Ground
  /// The session tokens of the asker, one a company.
  let tokens: [String]
  /// Where cards stand; for moves alone.
  var places: Places?

  private let nextStage: [Int64: Int64]
  private var random: LoadRandom
  /// How many leads of each company were converted.
  private var converted: [Int]

  init(
    _ operation: Operation, ground: Ground, tokens: [String], seed: UInt64
  ) {
    self.operation = operation
    self.ground = ground
    self.tokens = tokens
    nextStage = ground.nextStage
    random = LoadRandom(seed: seed)
    converted = [Int](repeating: 0, count: ground.tenants)
  }

  /// Any company's number.
  mutating func anyTenant() -> Int64 {
    ground.firstTenant + Int64(random.below(ground.tenants))
  }

  /// The line that logs a connection in to a company.
  func login(_ tenant: Int64, into line: inout [UInt8]) {
    Self.login(with: tokens[Int(tenant - ground.firstTenant)], into: &line)
  }

  /// The next request of a connection.
  mutating func request(
    of connection: Int, tenant: Int64, errand: inout Errand, into line: inout [UInt8]
  ) {
    switch operation {
    case .get:
      line.append(contentsOf: #"{"jsonrpc":"2.0","id":1,"method":"deal.get","params":{"id":"#.utf8)
      Self.append(Int64(1 + random.below(ground.deals)), to: &line)
    case .list:
      line.append(
        contentsOf:
          #"{"jsonrpc":"2.0","id":1,"method":"deal.list","params":{"limit":50,"pipeline":"#.utf8)
      Self.append(anyPipeline(), to: &line)
    case .board:
      let pipeline = ground.pipelines[random.below(ground.pipelines.count)]
      line.append(
        contentsOf: #"{"jsonrpc":"2.0","id":1,"method":"deal.board","params":{"limit":"#.utf8)
      Self.append(Int64(pipeline.boardLimit), to: &line)
      line.append(contentsOf: #","pipeline":"#.utf8)
      Self.append(pipeline.id, to: &line)
    case .move:
      choose(for: connection, tenant: tenant, &errand)
      line.append(contentsOf: #"{"jsonrpc":"2.0","id":1,"method":"deal.move","params":{"id":"#.utf8)
      Self.append(errand.card, to: &line)
      line.append(contentsOf: #","stage":"#.utf8)
      Self.append(errand.target, to: &line)
    case .create:
      line.append(
        contentsOf:
          #"{"jsonrpc":"2.0","id":1,"method":"deal.create","params":{"title":"Benchmark deal","#
          .utf8)
      line.append(
        contentsOf: #""amount":{"amount":"125000.00","currency":"EUR"},"pipeline":"#.utf8)
      Self.append(anyPipeline(), to: &line)
    case .convert:
      let company = Int(tenant - ground.firstTenant)
      converted[company] += 1
      line.append(
        contentsOf: #"{"jsonrpc":"2.0","id":1,"method":"lead.convert","params":{"id":"#.utf8)
      Self.append(Int64(ground.deals + converted[company]), to: &line)
      line.append(contentsOf: #","pipeline":"#.utf8)
      Self.append(anyPipeline(), to: &line)
    }
    line.append(contentsOf: "}}\n".utf8)
  }

  /// The request was carried out.
  mutating func carriedOut(_ errand: Errand, tenant: Int64) {
    guard operation == .move else { return }
    places?[tenant: tenant, card: errand.card] = errand.target
  }

  private mutating func anyPipeline() -> Int64 {
    ground.pipelines[random.below(ground.pipelines.count)].id
  }

  /// A card of the connection's own, as pgbench's clients have theirs.
  private mutating func choose(for connection: Int, tenant: Int64, _ errand: inout Errand) {
    let slots = ground.deals / 4 / 64
    errand.card = Int64(4 * (random.below(slots) * 64 + connection % 64 + 1))
    errand.target = places.flatMap { nextStage[$0[tenant: tenant, card: errand.card]] } ?? 0
  }

  private static func append(_ number: Int64, to line: inout [UInt8]) {
    guard number >= 10 else { return line.append(UInt8(ascii: "0") + UInt8(number)) }
    append(number / 10, to: &line)
    line.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
