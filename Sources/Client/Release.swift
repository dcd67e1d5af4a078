/// The release that the programs and the client belong to.
public enum Release {
  /// Its version, by Semantic Versioning.
  public static let version = "0.1.0"
}
