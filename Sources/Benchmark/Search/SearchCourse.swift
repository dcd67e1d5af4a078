internal import Features
internal import JSON
internal import Postgres
internal import VoronkaClient

/// The course of one asker's questions.
struct SearchCourse {
  let options: BenchmarkOptions
  let asker: SearchAsker
  /// Cards that the asker sees.
  let examples: [SearchExample]
  /// The asker's session.
  let token: String
  let installation: BenchmarkInstallation
  let say: @Sendable (String) -> Void

  /// Asks each question once over a connection, looks at the answer, and measures.
  func run(_ connection: ServerConnection) async throws -> [Comparison] {
    _ = try await connection.call("auth.token", ["token": .string(token)])
    var comparisons: [Comparison] = []
    for scenario in SearchScenario.allCases
    where options.scenarios.contains(scenario) && scenario.isAsked(by: asker) {
      let requests = scenario.requests(from: examples, by: asker)
      var counts: [Int] = []
      for request in requests {
        let answer = try await connection.call(request.method, .object(request.parameters))
        counts.append(try request.count(in: answer))
      }
      comparisons.append(
        try await compare(scenario, requests, found: counts.sorted()[counts.count / 2]))
    }
    return comparisons
  }

  private func compare(
    _ scenario: SearchScenario, _ requests: [SearchRequest], found: Int
  ) async throws -> Comparison {
    var variables = RecordedScript.Variables()
    var texts: [String] = []
    for transactions in try await transactions(of: requests) {
      texts.append(RecordedScript(transactions, &variables).text)
    }
    let run = try await installation.reference()
    let clients = try await ReferenceSearch(
      counts: options.referenceClients, seconds: min(2, options.seconds)
    ).best { [variables] clients, seconds in
      try await run.measure(
        texts: texts, variables: variables.all, clients: clients, seconds: seconds)
    }
    var comparison = Comparison(
      title: scenario.title, asker: asker.title, found: found,
      references: [.init(form: .classic, clients: clients)],
      services: options.connections.map { .init(connections: $0) })
    for pair in 1...options.pairs {
      try await comparison.runPair(pair) { [variables] side in
        switch side {
        case .reference(let reference):
          return try await run.measure(
            texts: texts, variables: variables.all, clients: reference.clients,
            seconds: options.seconds)
        case .service(let connections):
          return try await LoadGenerator.measure(
            SearchLoad(requests, token: token, seed: UInt64(pair)),
            port: installation.server.port, connections: connections, seconds: options.seconds,
            server: installation.server.process)
        }
      }
      say(comparison.lastPair)
    }
    return comparison
  }

  /// What each request runs.
  private func transactions(of requests: [SearchRequest]) async throws -> [[[BoundStatement]]] {
    try await installation.withMethods { methods in
      try await methods.logIn(token)
      var all: [[[BoundStatement]]] = []
      for request in requests {
        all.append(try await methods.transactions(of: request.method, request.parameters))
      }
      return all
    }
  }
}
