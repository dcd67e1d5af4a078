internal import JSON
internal import JSONRPC
public import Logging

/// All that the server can do.
public enum Features {
  /// The one list of all methods.
  static let methods: [Method] =
    SystemMethods.all + AuthMethods.all + PlanMethods.all + TenantMethods.all
    + TransferMethods.all
    + UserMethods.all + TokenMethods.all + SupportMethods.all + TeamMethods.all + GrantMethods.all
    + AccessMethods.all + SettingsMethods.all
    + CardMethods.all + BoardMethods.all + ImportMethods.all + ReportMethods.all
    + PipelineMethods.all + StageMethods.all + FieldMethods.all + ReasonMethods.all
    + ContactMethods.all + ClientCompanyMethods.all + ProductMethods.all + NoteMethods.all
    + InvoiceMethods.all + ActivityMethods.all + PauseMethods.all
    + ContactStatusMethods.all + ActivityTypeMethods.all
    + AuditMethods.all + EventMethods.all + ExportMethods.all + SearchMethods.all

  /// What they are called.
  static let methodNames = methods.map(\.description.name)

  /// A dispatcher over a database.
  public static func dispatcher(
    pools: DatabasePools, clock: WallClock = .system,
    configuration: FeaturesConfiguration, logger: Logger
  ) -> Dispatcher {
    Dispatcher(
      methods,
      services: Services(pools: pools, clock: clock, configuration: configuration),
      logger: logger)
  }

  /// The server's description of itself.
  static func document(version: String) -> OpenRPCDocument {
    OpenRPCDocument(
      title: "Voronka", version: version, methods: methods.map(\.description),
      components: Shapes.all)
  }
}
