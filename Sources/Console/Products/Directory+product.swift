internal import JSON

extension Directory {
  /// A product's id by id or whole name.
  func product(_ text: String) async throws -> Int64 {
    if let id = Int64(text) { return id }
    let items = try await session.items("product.list", ["name": .string(text)])
    return try Self.id(
      Self.match(items, text, noun: "product") { [$0["name"]?.string].compactMap(\.self) })
  }
}
