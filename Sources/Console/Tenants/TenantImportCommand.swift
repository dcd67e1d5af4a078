internal import JSON

/// `voronka tenant import`: a company out of a file.
public struct TenantImportCommand: ConsoleCommand {
  /// Lines are sent in pieces of about so many bytes, far below the longest line of the protocol.
  private static let pieceBytes = 192 << 10
  private static let pieceLines = 2000

  let draft: TenantImportDraft

  /// An import of a file.
  public init(_ draft: TenantImportDraft) {
    self.draft = draft
  }

  /// Sends the file line by line; what was sent of a file that ends early is cleared away by the server.
  public func run(in context: ConsoleContext) async throws {
    var lines = try FileLines(path: draft.path)
    guard let header = try lines.next() else {
      throw ConsoleFailure.usage("\(draft.path) is empty.")
    }
    let password = try NewPassword.read(
      "New password for the company's first owner", readsInput: draft.readsPasswordFromInput,
      context: context)
    let answer = try await Session.answer(context) { session in
      var begin: JSONObject = ["header": .string(header)]
      begin["slug"] = draft.slug.map { .string($0) }
      begin["plan"] = draft.plan.map { .string($0) }
      let begun = try await session.call("tenant.import", ["begin": .object(begin)])
      let id = begun["import"] ?? .null
      let trailer = try await send(&lines, id, session)
      return GenericAnswer.make(
        try await session.call(
          "tenant.import",
          [
            "finish": [
              "import": id, "trailer": .string(trailer), "password": .string(password),
            ]
          ]))
    }
    context.present(answer)
  }

  /// Sends all lines but the last, which it gives back.
  private func send(
    _ lines: inout FileLines, _ id: JSON, _ session: Session
  ) async throws -> String {
    var piece: [JSON] = []
    var bytes = 0
    var sent = 1
    var present = try lines.next()
    while let line = present, let following = try lines.next() {
      piece.append(.string(line))
      bytes += line.utf8.count
      present = following
      guard bytes >= Self.pieceBytes || piece.count >= Self.pieceLines else { continue }
      try await send(piece, after: sent, id, session)
      sent += piece.count
      (piece, bytes) = ([], 0)
    }
    if !piece.isEmpty { try await send(piece, after: sent, id, session) }
    guard let present else {
      throw ConsoleFailure.usage("\(draft.path) has one line alone: it is not whole.")
    }
    return present
  }

  private func send(
    _ piece: [JSON], after sent: Int, _ id: JSON, _ session: Session
  ) async throws {
    _ = try await session.call(
      "tenant.import",
      ["rows": ["import": id, "line": .integer(Int64(sent + 1)), "lines": .array(piece)]])
  }
}
