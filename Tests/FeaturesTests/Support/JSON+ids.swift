internal import JSON

extension JSON {
  /// The `id` of an answer; 0 where it has none.
  var id: Int64 { self["id"]?.int64 ?? 0 }

  /// The `items` of a page.
  var items: [JSON] { self["items"]?.array ?? [] }

  /// The texts of one member of each item of a page.
  func texts(_ member: String) -> [String] {
    items.compactMap { $0[member]?.string }
  }

  /// A card without its clocks, which only reading tells.
  var withoutClocks: JSON {
    guard var object else { return self }
    object["clocks"] = nil
    return .object(object)
  }

  /// The ids of each item of a page.
  var ids: [Int64] { items.map(\.id) }

  /// The stages of a pipeline by name.
  func stage(_ name: String) -> Int64 {
    self["stages"]?.array?.first { $0["name"]?.string == name }?.id ?? 0
  }
}
