internal import Testing

@testable internal import Postgres

/// The engine's parts that do no I/O, each by itself.
@Suite struct EnginePartTests {
  private typealias Queue = ResultQueue<String, Int>
  private typealias Name = PreparedStatements.Name

  @Test func `A transaction has its answer at its sync and not before`() {
    var queue = Queue()
    queue.expect("a", steps: [.execute(nil), .execute(nil), .sync])
    queue.expect("b", steps: [.execute(nil), .sync])
    #expect(isNothing(queue.receive(.value(1))) && isNothing(queue.receive(.value(2))))
    #expect(finished(queue.receive(.sync)) == "a [1, 2]")
    #expect(isNothing(queue.receive(.failure(PostgresError(.server(.checkViolation))))))
    #expect(queue.headFailure?.sqlState == .checkViolation)
    #expect(finished(queue.receive(.sync)) == "b 23514")
    #expect(queue.isEmpty)
  }

  @Test func `The first failure counts, one at the commit too`() {
    var queue = Queue()
    queue.expect("a", steps: [.execute(nil), .execute(nil), .sync])
    _ = queue.receive(.failure(PostgresError(.server(.checkViolation))))
    _ = queue.receive(.skipped)
    #expect(finished(queue.receive(.sync)) == "a 23514")
    queue.expect("b", steps: [.execute(nil), .sync])
    _ = queue.receive(.value(1))
    _ = queue.receive(.failure(PostgresError(.server(.uniqueViolation))))
    #expect(finished(queue.receive(.sync)) == "b 23505")
    queue.expect("c", steps: [.execute(nil), .sync])
    _ = queue.receive(.value(1))
    queue.headIsUnconfirmed()
    guard case .finished(let last) = queue.receive(.sync), case .failure(let error) = last.outcome
    else { return #expect(Bool(false)) }
    #expect(error.kind == .replicationUnconfirmed)
  }

  @Test func `What does not fit is out of step`() {
    var queue = Queue()
    #expect(isOutOfStep(queue.receive(.sync)))
    queue.expect("a", steps: [.execute(nil), .sync])
    #expect(isOutOfStep(queue.receive(.sync)))
    _ = queue.receive(.value(1))
    #expect(isOutOfStep(queue.receive(.value(2))))
    #expect(queue.removeAll() == ["a"] && queue.isEmpty)
  }

  @Test func `A name is prepared once, and anew under another when it is gone`() {
    var prepared = PreparedStatements()
    let first = Name(statement: 3, generation: 0)
    #expect(prepared.use(3) == .prepareFirst(first))
    #expect(prepared.use(3) == .prepared(first))
    prepared.succeeded(first)
    prepared.invalidated(first)
    // A neighbour in flight reports the same.
    prepared.invalidated(first)
    let second = Name(statement: 3, generation: 1)
    #expect(prepared.use(3) == .prepareFirst(second))
    prepared.invalidated(first)
    prepared.succeeded(first)
    #expect(prepared.use(3) == .prepared(second))
    #expect(prepared.use(0) == .prepareFirst(Name(statement: 0, generation: 0)))
  }

  @Test func `Equal texts are one statement, pieces make one too`() {
    let one = Statement("select 1 /* registry */")
    #expect(one == Statement(joining: ["select 1 ", "/* registry */"]))
    #expect(one != Statement("select 2 /* registry */"))
    #expect(Set([one, Statement("select 1 /* registry */")]).count == 1)
    #expect(one.text == "select 1 /* registry */")
    #expect(one.definition.terminatedName != Statement("select 3").definition.terminatedName)
  }

  @Test func `A waiting queue is bounded, keeps its order and forgets those who left`() {
    var queue = WaitingQueue(limit: 2)
    let start = ContinuousClock.now
    let transactions = (0..<5).map { _ in Transaction(.statements([])) }
    #expect(queue.append(transactions[0], at: start) && queue.append(transactions[1], at: start))
    #expect(queue.append(transactions[2], at: start) == false)
    _ = transactions[0].fail { .cancelled(outcome: $0) }
    queue.noteAbandoned()
    #expect(queue.append(transactions[2], at: start) && queue.count == 2)
    for transaction in transactions[1...2] { #expect(queue.popFirst() === transaction) }
    #expect(queue.popFirst() == nil)
    #expect(queue.isEmpty)
  }

  @Test func `Owners take turns, each with its own line in order`() {
    var queue = WaitingQueue(limit: 10)
    func transactions(_ count: Int, of owner: Int64) -> [Transaction] {
      (0..<count).map { _ in Transaction(.statements([]), owner: owner) }
    }
    let (many, few) = (transactions(4, of: 1), transactions(2, of: 2))
    for transaction in many + few { _ = queue.append(transaction, at: .now) }
    #expect(queue.count == 6)
    #expect(queue.popFirst() === many[0])
    let late = transactions(1, of: 3)[0]
    _ = queue.append(late, at: .now)
    for transaction in [few[0], many[1], late, few[1], many[2], many[3]] {
      #expect(queue.popFirst() === transaction)
    }
    #expect(queue.isEmpty && queue.popFirst() == nil && queue.oldest == nil)
  }

  @Test func `Those who left go from every line, and the others keep their turns`() {
    var queue = WaitingQueue(limit: 4)
    let transactions = [1, 2, 1, 3].map { Transaction(.statements([]), owner: $0) }
    for transaction in transactions { _ = queue.append(transaction, at: .now) }
    for index in [0, 1] { _ = transactions[index].fail { .cancelled(outcome: $0) } }
    queue.sweep()
    #expect(queue.count == 2)
    #expect(queue.popFirst() === transactions[2])
    #expect(queue.popFirst() === transactions[3])
    #expect(queue.isEmpty)
  }

  /// One that comes back after its connection broke stands first, yet does not shield those behind it.
  @Test func `Everyone's waiting ends in time, whoever was put before them`() {
    var queue = WaitingQueue(limit: 5)
    let start = ContinuousClock.now
    let (old, returned) = (Transaction(.statements([])), Transaction(.statements([])))
    _ = queue.append(old, at: start)
    queue.prepend([returned], at: start + .seconds(4))
    #expect(queue.oldest == start)
    let expired = queue.removeAll(before: start + .seconds(1))
    #expect(expired.count == 1 && expired[0] === old)
    #expect(queue.oldest == start + .seconds(4))
    #expect(queue.popFirst() === returned)
  }

  @Test func `What comes back stands first, in its old order`() {
    var queue = WaitingQueue(limit: 1)
    let transactions = (0..<3).map { _ in Transaction(.statements([])) }
    _ = queue.append(transactions[2], at: .now)
    queue.prepend([transactions[0], transactions[1]], at: .now)
    for transaction in transactions { #expect(queue.popFirst() === transaction) }
  }

  @Test func `Timers ring in the order of their time, called off ones never`() {
    var timers = TimerQueue()
    let start = ContinuousClock.now
    var rung: [Int] = []
    for number in [3, 1, 2, 4] {
      let entry = timers.schedule(at: start + .seconds(number)) { rung.append(number) }
      if number == 1 { entry.cancel() }
    }
    #expect(timers.next == start + .seconds(2))
    while let action = timers.popDue(at: start + .seconds(3)) { action() }
    #expect(rung == [2, 3])
    #expect(timers.next == start + .seconds(4))
  }

  @Test func `Pauses double up to their limit, each with its jitter, and begin anew`() {
    var backoff = Backoff(base: .milliseconds(50), limit: .seconds(1))
    let pauses = (0..<8).map { _ in backoff.next(random: 1) }
    #expect(pauses.map { $0 / .milliseconds(1) } == [50, 100, 200, 400, 800, 1000, 1000, 1000])
    #expect(backoff.next(random: 0) == .milliseconds(500))
    backoff.reset()
    #expect(backoff.next(random: 0) == .milliseconds(25))
    for _ in 0..<1000 { #expect(backoff.next(random: 1) <= .seconds(1)) }
  }

  @Test(
    arguments: [
      ("{}", []), ("{a}", ["a"]), ("{NULL,null,\"NULL\"}", [nil, "null", "NULL"]),
      (#"{"a,b","c\"d\\e",""}"#, ["a,b", #"c"d\e"#, ""]), ("", nil), ("{", nil), ("{a", nil),
      ("{a,}", nil), ("{,a}", nil), ("{a}b", nil), (#"{"a"#, nil), (#"{"a\"#, nil), ("{{a}}", nil),
      ("[0:1]={a,b}", nil), (#"{"a"b}"#, nil), (#"{a"b"}"#, nil), ("{}{}", nil), ("a", nil),
    ] as [(String, [String?]?)])
  func `An array's text is read whole or not at all`(_ text: String, _ elements: [String?]?) {
    let read = Array(text.utf8).withUnsafeBytes { bytes in
      var parser = ArrayLiteralParser(bytes)
      return parser.parse()
    }
    #expect(read == elements)
  }

  @Test func `Hosts are resolved to one entry an address, and taken in turn`() throws {
    let settings = ConnectionSettings(
      host: "db,/run,10.0.0.1", port: 5432, database: "a", user: "a")
    let hosts = try #require(HostList(settings))
    #expect(hosts.unresolvedNames == ["db"])
    let resolved = hosts.resolved(["db": ["1.1.1.1", "2::2"]])
    #expect(resolved.names == "db,db,/run,10.0.0.1" && resolved.addresses == "1.1.1.1,2::2,,")
    #expect(resolved.ports == "5432,5432,5432,5432")
    #expect(hosts.resolved([:]).names == "/run,10.0.0.1")
    #expect(hosts.rotated(by: 4).names == "/run,10.0.0.1,db")
    var odd = settings
    odd["port"] = "1,2"
    #expect(HostList(odd) == nil)
  }

  @Test func `An error tells what it leaves behind`() {
    let kinds: [(PostgresError.Kind, Bool, Bool)] = [
      (.server(.uniqueViolation), false, false), (.server(.serializationFailure), false, true),
      (.server(.deadlockDetected), false, true), (.connectionLost(outcome: .unknown), true, false),
      (.connectionLost(outcome: .notSent), false, true), (.replicationUnconfirmed, true, false),
      (.poolExhausted, false, false), (.unavailable, false, false),
      (.deadlineExceeded(outcome: .unknown), true, false),
      (.deadlineExceeded(outcome: .notSent), false, false),
      (.cancelled(outcome: .unknown), true, false), (.cancelled(outcome: .notSent), false, false),
      (.closed, false, false), (.decoding, false, false), (.invalidParameter, false, false),
    ]
    for (kind, mayHaveCommitted, isRepeatable) in kinds {
      #expect(PostgresError(kind).mayHaveCommitted == mayHaveCommitted, "\(kind)")
      #expect(PostgresError(kind).isRepeatable == isRepeatable, "\(kind)")
    }
  }

  private func isNothing(_ event: Queue.Event) -> Bool {
    if case .nothing = event { true } else { false }
  }

  private func isOutOfStep(_ event: Queue.Event) -> Bool {
    if case .outOfStep = event { true } else { false }
  }

  private func finished(_ event: Queue.Event) -> String? {
    guard case .finished(let finished) = event else { return nil }
    switch finished.outcome {
    case .success(let values): return "\(finished.ticket) \(values)"
    case .failure(let error): return "\(finished.ticket) \(error.sqlState?.rawValue ?? "?")"
    }
  }
}
