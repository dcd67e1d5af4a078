internal import Foundation
internal import JSON
internal import JSONRPC
internal import VoronkaClient

/// A connection to the server, bound to whoever the options, the environment or the profile name.
struct Session: Sendable {
  let connection: ServerConnection

  /// Connects and presents the token, if there is one.
  ///
  /// With `requiresLogin` false a token that is no longer good does not matter: `system.ping` works
  /// without one.
  static func open(_ context: ConsoleContext, requiresLogin: Bool = true) async throws -> Session {
    let credentials = try Credentials(context)
    let session = try await open(credentials, context: context)
    guard let token = credentials.token else { return session }
    do {
      _ = try await session.call("auth.token", ["token": .string(token)])
    } catch ConsoleFailure.server(let error) where !requiresLogin {
      // Frozen tenants and ended sessions may still ask what anybody may ask.
      _ = error
    }
    return session
  }

  /// Connects without saying who asks.
  static func open(_ credentials: Credentials, context: ConsoleContext) async throws -> Session {
    let isSecret = credentials.token != nil || credentials.sendsPassword
    guard credentials.address.isConfidential || context.options.allowsPlaintext || !isSecret else {
      throw ConsoleFailure.usage(
        """
        \(credentials.address) would get the password or token in plain text: use \
        tls://HOST:PORT, or --allow-plaintext where the network is trusted.
        """)
    }
    var options = ConnectionOptions(callDeadline: context.options.timeout)
    if let path = credentials.authorityFile { options.authorities = .file(path: path) }
    do {
      let connection = try await ServerConnection.connect(
        to: credentials.address, options: options)
      return Session(connection: connection)
    } catch let error as ConnectionError {
      throw ConsoleFailure.unreachable(error.message)
    }
  }

  /// Calls a method; the server's errors and broken connections become ``ConsoleFailure``.
  func call(_ method: String, _ params: JSON? = nil) async throws -> JSON {
    do {
      return try await connection.call(method, params)
    } catch let error as RPCError {
      throw ConsoleFailure.server(error)
    } catch let error as ConnectionError {
      throw ConsoleFailure.unreachable(error.message)
    }
  }

  /// All items of a list, page by page.
  func items(_ method: String, _ params: JSONObject = JSONObject()) async throws -> [JSON] {
    var params = params
    params["limit"] = 500
    var items: [JSON] = []
    while true {
      let page = try await call(method, .object(params))
      items += page["items"]?.array ?? []
      guard let next = page["next"], !next.isNull else { return items }
      params["after"] = next
    }
  }

  func close() async {
    await connection.close()
  }
}

extension Session {
  /// Opens a session, does the work in it and closes it, whatever comes.
  static func with<Value>(
    _ context: ConsoleContext, requiresLogin: Bool = true,
    _ work: (Session) async throws -> Value
  ) async throws -> Value {
    let session = try await open(context, requiresLogin: requiresLogin)
    do {
      let value = try await work(session)
      await session.close()
      return value
    } catch {
      await session.close()
      throw error
    }
  }
}

extension Session {
  /// Opens a session and has an answer made in it. For people moments in it are told by their company's time zone;
  /// for CSV the server is asked what its results look like, so that a method has the same columns whatever it
  /// gives.
  static func answer(
    _ context: ConsoleContext, requiresLogin: Bool = true,
    _ work: (Session) async throws -> Answer
  ) async throws -> Answer {
    try await with(context, requiresLogin: requiresLogin) { session in
      let answer = try await work(session)
      let isForPeople = context.options.output ?? .table == .table
      if isForPeople, CellText.holdsMoment(answer.json) {
        // What was done is told, even if nobody can be asked any more by which zone.
        let moments = try? await CompanyMoments.load(session)
        return answer.told(by: moments ?? CompanyMoments(calendar: .current))
      }
      guard context.options.output == .csv, answer.origin != nil else { return answer }
      do {
        return answer.shaped(by: try await Discovery.load(session))
      } catch ConsoleFailure.server {
        // The rows are there; one that does not describe itself costs only the order.
        return answer
      }
    }
  }
}
