internal import JSON

/// JSON over several lines, for people to read and change.
enum PrettyJSON {
  /// Small values stay on one line; longer ones get a line for each part.
  static func text(_ json: JSON, indent: Int = 0) -> String {
    let plain = json.description
    let margin = String(repeating: " ", count: indent + 2)
    let close = "\n" + String(repeating: " ", count: indent)
    if plain.utf8.count + indent <= 80 { return plain }
    switch json {
    case .array(let items):
      let parts = items.map { margin + text($0, indent: indent + 2) }
      return "[\n" + parts.joined(separator: ",\n") + close + "]"
    case .object(let object):
      let parts = object.members.map { member in
        "\(margin)\(JSON.string(member.name)): \(text(member.value, indent: indent + 2))"
      }
      return "{\n" + parts.joined(separator: ",\n") + close + "}"
    default: return plain
    }
  }
}
