internal import ArgumentParser
internal import Console

/// `voronka audit verify`.
struct AuditVerify: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Look whether any row of the audit was altered, made up or removed.",
    discussion: "Exits with status 1 where something is wrong, and says where.")

  @Option(help: "The last seal of an earlier verification.")
  var seal: Int64?

  @Option(help: "That seal's MAC.")
  var mac: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard (seal == nil) == (mac == nil) else {
      throw ValidationError("--seal and --mac stand together or not at all.")
    }
  }

  func command() throws -> any ConsoleCommand {
    AuditVerifyCommand(seal: seal, mac: mac)
  }
}
