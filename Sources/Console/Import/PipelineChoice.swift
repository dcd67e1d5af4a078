internal import JSON

/// Which pipeline the deals go into.
struct PipelineChoice {
  private let mapped: ImportMapping.Pipeline?
  private let override: String?

  init(_ mapped: ImportMapping.Pipeline?, override: String?) {
    self.mapped = mapped
    self.override = override
  }

  /// A pipeline of the wanted name that is there already is used, so that an import can be repeated.
  func resolved(_ session: Session) async throws -> ImportMapping.Pipeline? {
    guard let mapped else { return nil }
    if let id = override.flatMap(Int64.init) { return .existing(id) }
    guard case .named(let name, let stages) = mapped else {
      guard let override else { return mapped }
      return .existing(try Directory.id(try await Directory(session: session).pipeline(override)))
    }
    let wanted = override ?? name
    let there = try await session.items("pipeline.list").first { pipeline in
      pipeline["kind"]?.string == "deal" && pipeline["name"]?.string == wanted
    }
    if let there { return .existing(try Directory.id(there)) }
    return .named(wanted, stages: stages)
  }
}
