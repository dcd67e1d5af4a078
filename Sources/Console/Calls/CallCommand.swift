internal import JSON

/// `voronka call METHOD …`: any method of the server with any params.
public struct CallCommand: ConsoleCommand {
  let method: String
  let arguments: [String]

  /// A call; the arguments are one JSON object, `-` for one on standard input, or `name=value` pairs.
  public init(method: String, arguments: [String]) {
    self.method = method
    self.arguments = arguments
  }

  /// A script reads them.
  public var printsErrorsAsJSON: Bool { true }

  /// Calls it and prints the result.
  public func run(in context: ConsoleContext) async throws {
    let arguments = try CallArguments(arguments, input: context.input)
    let answer = try await Session.answer(context, requiresLogin: needsLogin) { session in
      let result = try await session.call(method, try await params(arguments, session: session))
      return GenericAnswer.make(result, of: method)
    }
    context.present(answer, unlessAsked: context.terminal.hasOutput ? .table : .json)
  }

  private func params(_ arguments: CallArguments, session: Session) async throws -> JSON? {
    switch arguments {
    case .none: return nil
    case .json(let json): return json
    case .pairs(let pairs):
      // The description is asked for only where it decides something.
      let discovery = try await Discovery.load(session)
      return try CallArguments.params(pairs, of: discovery.method(named: method))
    }
  }

  /// What anybody may call; a token that has ended must not stand in its way.
  private var needsLogin: Bool {
    let open = ["auth.login", "auth.token", "auth.accept", "rpc.discover"]
    return !method.hasPrefix("system.") && !open.contains(method)
  }
}
