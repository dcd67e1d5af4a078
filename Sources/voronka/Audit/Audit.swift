internal import ArgumentParser

/// `voronka audit …`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "See who changed what, and prove that nobody changed that.",
    subcommands: [AuditList.self, AuditVerify.self], defaultSubcommand: AuditList.self)
}
