internal import ArgumentParser

/// `voronka tenant …`.
struct Tenant: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with the companies of the installation.",
    subcommands: [
      TenantList.self, TenantShow.self, TenantCreate.self, TenantSetPlan.self, TenantSuspend.self,
      TenantResume.self, TenantDelete.self, TenantRestore.self, TenantUsage.self,
      TenantExport.self, TenantImport.self,
    ])
}
