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
      run, counts: options.referenceClients, seconds: min(2, options.seconds))
    var references: [Comparison.Reference] = []
    for form in ReferenceForm.forms(of: operation) {
      let clients = try await search.best(
        for: script(operation, asker, form), behind: &numbers,
        before: { [installation, now] in
          if operation == .convert { try await installation.renewLeads(at: now) }
        })
      say(
        "\(operation.title) as \(asker.rawValue), \(form.rawValue): pgbench is best with \(clients)"
      )
      references.append(.init(form: form, clients: clients))
    }
    var comparison = Comparison(
      operation: operation, asker: asker, references: references,
      services: options.connections.map { .init(connections: $0) })
    for pair in 1...options.pairs {
      try await installation.flush()
      // Who begins takes turns, so that a drift of the machine favours neither.
      if pair.isMultiple(of: 2) { try await measureServices(&comparison) }
      for index in comparison.references.indices {
        let reference = comparison.references[index]
        if operation == .convert { try await installation.renewLeads(at: now) }
        comparison.references[index].runs.append(
          try await run.measure(
            script(operation, asker, reference.form), clients: reference.clients,
            seconds: options.seconds, behind: numbers.takeRange()))
      }
      if !pair.isMultiple(of: 2) { try await measureServices(&comparison) }
      tell(comparison, pair)
    }
    return comparison
  }

  private mutating func measureServices(_ comparison: inout Comparison) async throws {
    for index in comparison.services.indices {
      seed += 1
      var source = RequestSource(
        comparison.operation, ground: ground, tokens: tokens[comparison.asker] ?? [], seed: seed)
      if comparison.operation == .convert { try await installation.renewLeads(at: now) }
      if comparison.operation == .move {
        source.places = try await Places(installation.database, ground: ground)
      }
      comparison.services[index].runs.append(
        try await LoadGenerator.measure(
          source, port: installation.server.port,
          connections: comparison.services[index].connections, seconds: options.seconds,
          server: installation.server.process))
    }
  }

  private func script(
    _ operation: Operation, _ asker: Asker, _ form: ReferenceForm
  ) -> ReferenceScript {
    ReferenceScript(operation: operation, asker: asker, form: form, ground: ground)
  }

  private func tell(_ comparison: Comparison, _ pair: Int) {
    let references = comparison.references.map {
      "\($0.form.rawValue) \(Int($0.runs.last?.throughput ?? 0))"
    }
    let services = comparison.services.map {
      "\($0.connections): \(Int($0.runs.last?.throughput ?? 0))"
    }
    say(
      "\(comparison.operation.title) as \(comparison.asker.rawValue), pair \(pair): "
        + (references + services).joined(separator: ", "))
  }
}
