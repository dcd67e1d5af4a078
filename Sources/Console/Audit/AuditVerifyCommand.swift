internal import JSON

/// `voronka audit verify`: whether the audit is what the server wrote.
public struct AuditVerifyCommand: ConsoleCommand {
  let seal: Int64?
  let mac: String?

  /// - Parameters:
  ///   - seal: the last seal of an earlier verification.
  ///   - mac: its MAC.
  public init(seal: Int64? = nil, mac: String? = nil) {
    self.seal = seal
    self.mac = mac
  }

  /// Asks the server, prints what it found, and fails where something is wrong.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      var parameters = JSONObject()
      if let seal { parameters["known_seal"] = .integer(seal) }
      if let mac { parameters["known_mac"] = .string(mac) }
      let result = try await session.call("audit.verify", .object(parameters))
      return Answer(json: result) { _ in Self.lines(result) }
    }
    context.present(answer)
    guard answer.json["ok"]?.bool == true else {
      throw ConsoleFailure.incomplete("The audit is not what the server wrote.")
    }
  }

  private static func lines(_ result: JSON) -> [String] {
    let count = { (name: String) in CellText.exact(result[name]) }
    var lines = [
      "\(count("rows")) rows under \(count("seals")) seals, \(count("unsealed")) not sealed yet, "
        + "\(count("erased")) erased, \(count("removed_ranges")) ranges past their time."
    ]
    for finding in result["findings"]?.array ?? [] { lines.append(line(finding)) }
    if let last = result["last_seal"]?.object {
      lines.append(
        "Last seal: \(CellText.exact(last["number"])) \(CellText.exact(last["mac"])). Keep it "
          + "elsewhere, and give it back with --seal and --mac.")
    }
    if result["ok"]?.bool == true { lines.append("The audit is whole.") }
    return lines
  }

  private static func line(_ finding: JSON) -> String {
    var parts = [CellText.exact(finding["kind"]).replacing("_", with: " ")]
    if let row = finding["row"] {
      let thing = [row["method"], row["subject"]].map { CellText.exact($0) }
      parts.append(thing.filter { !$0.isEmpty }.joined(separator: " "))
    }
    if finding["seal"]?.int64 != nil { parts.append("seal \(CellText.exact(finding["seal"]))") }
    if finding["sealed"] != nil {
      parts.append(
        "\(CellText.exact(finding["found"])) rows of \(CellText.exact(finding["sealed"]))")
    }
    let times = [finding["from"], finding["to"]].map { CellText.plain($0) }
    if times[0] == times[1] {
      parts.append(times[0])
    } else {
      parts += ["from \(times[0]) to \(times[1])"]
    }
    return "! " + parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
