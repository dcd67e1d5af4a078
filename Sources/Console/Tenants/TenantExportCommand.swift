internal import JSON

/// `voronka tenant export`: a whole company into a file.
public struct TenantExportCommand: ConsoleCommand {
  let tenant: String
  let path: String

  /// An export of a company, by its slug, into a file that is not there yet.
  public init(tenant: String, path: String) {
    self.tenant = tenant
    self.path = path
  }

  /// Writes page after page; a file that is not whole does not stay.
  public func run(in context: ConsoleContext) async throws {
    let file = try NewFile(path: path)
    let answer = try await Session.with(context) { session in
      var params: JSONObject = ["tenant": .string(tenant)]
      var lines = 0
      while true {
        let page = try await session.call("tenant.export", .object(params))
        for line in page["lines"]?.array ?? [] {
          try file.write((line.string ?? "") + "\n")
          lines += 1
        }
        guard let next = page["next"], !next.isNull else { break }
        params["after"] = next
      }
      return GenericAnswer.make([
        "tenant": .string(tenant), "file": .string(path), "lines": .integer(Int64(lines)),
      ])
    }
    try file.keep()
    context.present(answer)
  }
}
