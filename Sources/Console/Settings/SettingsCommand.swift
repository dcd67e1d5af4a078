internal import JSON

/// `voronka settings …`: the company's settings.
public struct SettingsCommand: ConsoleCommand {
  let changes: [String]

  /// Shows them, or changes those that are named as `require_win_comment=true` and shows them all.
  public init(changes: [String] = []) {
    self.changes = changes
  }

  /// Does it and prints the settings.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      guard !changes.isEmpty else {
        return GenericAnswer.make(try await session.call("settings.get"), of: "settings.get")
      }
      var params: JSONObject = [:]
      for change in changes {
        let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw ConsoleFailure.usage(
            "\"\(change)\" is no setting: write NAME=VALUE, such as require_win_comment=true.")
        }
        params[parts[0]] = Self.value(parts[1])
      }
      return GenericAnswer.make(
        try await session.call("settings.update", .object(params)), of: "settings.update")
    }
    context.present(answer)
  }

  private static func value(_ text: String) -> JSON {
    switch text {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: Int64(text).map { .integer($0) } ?? .string(text)
    }
  }
}
