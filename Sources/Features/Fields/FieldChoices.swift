internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What becomes of a field's options, and with them of the cards that hold them.
///
/// An option that cards hold never goes from under them: it gets another name on the cards too, or it is said
/// what takes its place.
struct FieldChoices {
  static let rename = Member<JSONObject>.json(
    "rename_choices",
    "New names of options, by the old ones: {\"red\": \"crimson\"}. Cards that hold them hold the new names."
  )
  static let replace = Member<JSONObject>.json(
    "replace",
    "What takes the place of options that go, on the cards that hold them: another option or null, by the "
      + "old ones: {\"red\": \"blue\", \"green\": null}.")

  private static let option = Member<String>.text("option", "An option.")

  /// The options afterwards.
  let choices: [String]
  /// What becomes of options on cards; nil where nothing takes their place.
  private let changes: [(old: String, new: String?)]
  /// Options that go without a word on the cards that hold them.
  private let dropped: [String]
  private let field: Field

  /// What the request asks for; notes what is wrong with it.
  init(of field: Field, given: [String]?, _ arguments: Arguments, _ checks: inout ValueChecks) {
    self.field = field
    let names = Self.names(of: field, arguments, &checks)
    let heirs = Self.heirs(of: field, arguments, &checks)
    let renamed = Dictionary(names, uniquingKeysWith: { first, _ in first })
    let going = Set(heirs.map(\.old))
    choices =
      given ?? field.choices.compactMap { going.contains($0) ? nil : renamed[$0] ?? $0 }
    for (old, new) in names where old != new && going.contains(old) {
      checks.note("replace", "names \(Self.quoted(old)), which is renamed")
    }
    for (_, new) in names where !choices.contains(new) {
      checks.note("choices", "have to hold the new name \(Self.quoted(new))")
    }
    for (old, new) in heirs {
      if choices.contains(old) {
        checks.note("replace", "names \(Self.quoted(old)), which stays an option")
      }
      if let new, !choices.contains(new) {
        checks.note("replace", "names \(Self.quoted(new)), which is not an option afterwards")
      }
    }
    changes = names.filter { $0.old != $0.new }.map { ($0.old, $0.new) } + heirs
    let (kept, changed) = (choices, Set(changes.map(\.old)))
    dropped = field.choices.filter { !kept.contains($0) && !changed.contains($0) }
  }

  private static func names(
    of field: Field, _ arguments: Arguments, _ checks: inout ValueChecks
  ) -> [(old: String, new: String)] {
    var names: [(old: String, new: String)] = []
    for member in arguments[optional: rename]?.members ?? [] {
      guard case .success(let name) = option.decode(member.value) else {
        checks.note("rename_choices", "has to give \(quoted(member.name)) a text as its new name")
        continue
      }
      names.append((member.name, name))
      requireOption(member.name, field, "rename_choices", &checks)
    }
    let left = field.choices.filter { choice in !names.contains { $0.old == choice } }
    for (_, new) in names where left.contains(new) {
      checks.note(
        "rename_choices",
        "names \(quoted(new)), which is an option already; to make two one, say replace")
    }
    if Set(names.map(\.new)).count != names.count {
      checks.note("rename_choices", "gives two options one name; to make two one, say replace")
    }
    return names
  }

  private static func heirs(
    of field: Field, _ arguments: Arguments, _ checks: inout ValueChecks
  ) -> [(old: String, new: String?)] {
    var heirs: [(old: String, new: String?)] = []
    for member in arguments[optional: replace]?.members ?? [] {
      guard member.value.isNull || member.value.string != nil else {
        checks.note("replace", "has to give \(quoted(member.name)) another option or null")
        continue
      }
      heirs.append((member.name, member.value.string))
      requireOption(member.name, field, "replace", &checks)
    }
    return heirs
  }

  private static func requireOption(
    _ name: String, _ field: Field, _ path: String, _ checks: inout ValueChecks
  ) {
    if !field.choices.contains(name) {
      checks.note(path, "names \(quoted(name)), which is no option of the field")
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + String(String.UnicodeScalarView(text.unicodeScalars.prefix(64))) + "\""
  }

  // MARK: - The cards

  /// Whether options become others, which cards that hold them follow.
  var changesCards: Bool { !changes.isEmpty }

  /// Whether of some cards nothing of it is left, perhaps.
  var emptiesCards: Bool { changes.contains { $0.new == nil } }

  /// How many cards hold what changes; refuses where any hold what goes without a word.
  func cards(_ call: TenantCall) async throws -> Int64 {
    let asked = dropped + changes.map(\.old)
    guard !asked.isEmpty else { return 0 }
    let rows = try await call.read(
      FieldStatements.countChoices.bind(key(call) + [.strings(dropped)]),
      FieldStatements.countEachChoice.bind(key(call) + [.strings(dropped)]),
      FieldStatements.countChoices.bind(key(call) + [.strings(changes.map(\.old))]))
    let held = try rows[0][0].integer(0)
    guard held == 0 else {
      let counts = try rows[1].map { (try $0.string(0), try $0.integer(1)) }
      let told = counts.map { "\(Self.quoted($0.0)): \($0.1)" }.joined(separator: ", ")
      throw RPCError(
        .conflict,
        "\(held) cards hold options that would go (\(told)). Say in replace what takes their place, or in "
          + "rename_choices their new names.",
        data: [
          ("cards", .integer(held)),
          ("choices", .object(JSONObject(counts.map { ($0.0, .integer($0.1)) }))),
        ])
    }
    return try rows[2][0].integer(0)
  }

  /// What changes the cards, where any are there, and makes sure that none holds what goes without a word: one may
  /// have been written since they were counted.
  func statements(_ call: TenantCall) -> [BoundStatement] {
    var statements: [BoundStatement] = []
    if !changes.isEmpty {
      let told = changes.map { ($0.old, $0.new.map { .string($0) } ?? JSON.null) }
      let change = FieldStatements.changeChoices.bind(
        key(call) + [
          .strings(changes.map(\.old)), .strings(changes.map(\.new)), .strings(choices),
          .timestamp(call.now), .integer(call.standing.user),
          .bytes(RawJSON(.object(JSONObject(told))).bytes),
        ])
      statements.append(change)
    }
    let gone = field.choices.filter { !choices.contains($0) }
    if !gone.isEmpty {
      statements.append(FieldStatements.requireUnheld.bind(key(call) + [.strings(gone)]))
    }
    return statements
  }

  private func key(_ call: TenantCall) -> [Parameter] {
    [call.tenantParameter, .text(field.cardKind.rawValue), .text(field.key)]
  }
}
