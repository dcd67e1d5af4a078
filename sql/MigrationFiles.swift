/// The migrations that travel inside the program.
///
/// SwiftPM embeds each file as a constant but keeps no list of them: a new file gets a line here. A
/// test compares the list with the folder.
public enum MigrationFiles {
  /// All migrations in their order.
  public static let all = [
    MigrationFile(number: 1, name: "tenancy", content: PackageResources._001_tenancy_sql),
    MigrationFile(number: 2, name: "people", content: PackageResources._002_people_sql),
    MigrationFile(number: 3, name: "pipelines", content: PackageResources._003_pipelines_sql),
    MigrationFile(number: 4, name: "access", content: PackageResources._004_access_sql),
    MigrationFile(number: 5, name: "cards", content: PackageResources._005_cards_sql),
    MigrationFile(number: 6, name: "import", content: PackageResources._006_import_sql),
    MigrationFile(number: 7, name: "lifecycle", content: PackageResources._007_lifecycle_sql),
    MigrationFile(number: 8, name: "identity", content: PackageResources._008_identity_sql),
    MigrationFile(number: 9, name: "audit", content: PackageResources._009_audit_sql),
    MigrationFile(number: 10, name: "events", content: PackageResources._010_events_sql),
    MigrationFile(number: 11, name: "retention", content: PackageResources._011_retention_sql),
    MigrationFile(number: 12, name: "design", content: PackageResources._012_design_sql),
    MigrationFile(number: 13, name: "search", content: PackageResources._013_search_sql),
    MigrationFile(number: 14, name: "assignment", content: PackageResources._014_assignment_sql),
    MigrationFile(number: 15, name: "activities", content: PackageResources._015_activities_sql),
    MigrationFile(number: 16, name: "clients", content: PackageResources._016_clients_sql),
    MigrationFile(number: 17, name: "products", content: PackageResources._017_products_sql),
    MigrationFile(number: 18, name: "clocks", content: PackageResources._018_clocks_sql),
    MigrationFile(
      number: 19, name: "contact_status", content: PackageResources._019_contact_status_sql),
    MigrationFile(number: 20, name: "conversion", content: PackageResources._020_conversion_sql),
    MigrationFile(number: 21, name: "filters", content: PackageResources._021_filters_sql),
    MigrationFile(number: 22, name: "cost", content: PackageResources._022_cost_sql),
    MigrationFile(number: 23, name: "reasons", content: PackageResources._023_reasons_sql),
    MigrationFile(
      number: 24, name: "contact_points", content: PackageResources._024_contact_points_sql),
    MigrationFile(number: 25, name: "moving", content: PackageResources._025_moving_sql),
    MigrationFile(
      number: 26, name: "client_rows", content: PackageResources._026_client_rows_sql),
    MigrationFile(
      number: 27, name: "next_activity", content: PackageResources._027_next_activity_sql),
    MigrationFile(
      number: 28, name: "card_writes", content: PackageResources._028_card_writes_sql),
  ]
}
