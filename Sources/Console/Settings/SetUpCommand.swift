internal import JSON

/// `voronka setup first-line`: a company is set up by a template.
public struct SetUpCommand: ConsoleCommand {
  let template: String
  let offersSecondChance: Bool
  let isDryRun: Bool

  /// The template's code, whether those who asked to be contacted later get a pipeline of their own, and whether
  /// only to say what would be made.
  public init(template: String, offersSecondChance: Bool = false, isDryRun: Bool) {
    self.template = template
    self.offersSecondChance = offersSecondChance
    self.isDryRun = isDryRun
  }

  /// Sets it up and prints what was made and what was there.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let result = try await session.call(
        "settings.apply_template",
        [
          "template": .string(template), "second_chance": .bool(offersSecondChance),
          "dry_run": .bool(isDryRun),
        ])
      return Answer(json: result, origin: Origin("settings.apply_template")) { _ in
        lines(result).map { TerminalText.line($0) }
      }
    }
    context.present(answer)
  }

  private func lines(_ result: JSON) -> [String] {
    let names = { (member: String) in
      (result[member]?.array ?? []).map { CellText.plain($0) }.joined(separator: ", ")
    }
    var lines = [isDryRun ? "This would be set up:" : "Set up:"]
    for (noun, member) in [("pipeline", "pipelines"), ("team", "teams")] {
      for part in result[member]?.array ?? [] {
        let isMade = part["made"]?.bool == true
        lines.append("  \(noun) \(CellText.plain(part["name"]))\(isMade ? "" : " (was there)")")
      }
    }
    if !names("stages_added").isEmpty {
      lines.append("  stages for leads: \(names("stages_added"))")
    }
    if !names("stages_removed").isEmpty {
      lines.append("  in place of: \(names("stages_removed"))")
    }
    lines.append("  rights: \(CellText.exact(result["grants"]))")
    lines.append("  reasons: \(CellText.exact(result["reasons"]))")
    if !names("fields").isEmpty { lines.append("  fields of deals: \(names("fields"))") }
    if !isDryRun {
      lines.append("Put people into the teams: voronka team add TEAM PERSON.")
    }
    return lines
  }
}
