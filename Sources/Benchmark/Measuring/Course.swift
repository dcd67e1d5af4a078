internal import SalesRules

/// The course of the measurements.
struct Course {
  let options: BenchmarkOptions
  let now: Timestamp
  let ground: Ground
  let installation: BenchmarkInstallation
  let tokens: [Asker: [String]]
  let say: @Sendable (String) -> Void
  private var numbers = CardNumbers()
  private var seed: UInt64 = 0

  init(
    options: BenchmarkOptions, at now: Timestamp, ground: Ground,
    installation: BenchmarkInstallation,
    tokens: [Asker: [String]], say: @escaping @Sendable (String) -> Void
  ) {
    self.options = options
    self.now = now
    self.ground = ground
    self.installation = installation
    self.tokens = tokens
    self.say = say
  }

  /// Measures everything, what creates at the end.
  mutating func run() async throws -> [Comparison] {
    var comparisons: [Comparison] = []
    for operation in Operation.allCases where options.operations.contains(operation) {
      for asker in options.askers {
        comparisons.append(try await compare(operation, asker))
      }
    }
    return comparisons
  }

  private mutating func compare(_ operation: Operation, _ asker: Asker) async throws -> Comparison {
    let run = try await installation.reference()
    let search = ReferenceSearch(
      counts: options.referenceClients, seconds: min(2, options.seconds))
    var references: [Comparison.Reference] = []
    for form in ReferenceForm.forms(of: operation) {
      let script = script(operation, asker, form)
      let clients = try await search.best { clients, seconds in
        try await renewLeads(for: operation)
        return try await run.measure(
          script, clients: clients, seconds: seconds, behind: numbers.takeRange())
      }
      say(
        "\(operation.title) as \(asker.rawValue), \(form.rawValue): pgbench is best with \(clients)"
      )
      references.append(.init(form: form, clients: clients))
    }
    var comparison = Comparison(
      title: operation.title, asker: asker.rawValue, references: references,
      services: options.connections.map { .init(connections: $0) })
    for pair in 1...options.pairs {
      try await installation.flush()
      try await comparison.runPair(pair) { side in
        try await renewLeads(for: operation)
        switch side {
        case .reference(let reference):
          return try await run.measure(
            script(operation, asker, reference.form), clients: reference.clients,
            seconds: options.seconds, behind: numbers.takeRange())
        case .service(let connections):
          return try await measureService(operation, asker, connections: connections)
        }
      }
      say(comparison.lastPair)
    }
    return comparison
  }

  private func renewLeads(for operation: Operation) async throws {
    if operation == .convert { try await installation.renewLeads(at: now) }
  }

  private mutating func measureService(
    _ operation: Operation, _ asker: Asker, connections: Int
  ) async throws -> Figures {
    seed += 1
    var source = RequestSource(operation, ground: ground, tokens: tokens[asker] ?? [], seed: seed)
    if operation == .move {
      source.places = try await Places(installation.database, ground: ground)
    }
    return try await LoadGenerator.measure(
      source, port: installation.server.port, connections: connections, seconds: options.seconds,
      server: installation.server.process)
  }

  private func script(
    _ operation: Operation, _ asker: Asker, _ form: ReferenceForm
  ) -> ReferenceScript {
    ReferenceScript(operation: operation, asker: asker, form: form, ground: ground)
  }
}
