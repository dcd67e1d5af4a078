/// What holds for the relations of the schema, with its closed list of exceptions.
public enum RelationRules {
  /// The schema in which all relations live.
  public static let schema = "voronka"

  /// The tables that carry no row-level security: they hold nothing of any company's.
  ///
  /// - `migration`: the history of the schema.
  /// - `tenant_version`: one number a tenant, read before the context exists.
  public static let withoutRowSecurity = ["migration", "tenant_version"]
}
