public import Foundation
internal import JSON

/// What `voronka token create` was given.
public struct TokenDraft: Sendable {
  /// What it is for.
  public var name: String
  /// For a service: the user whose rights it has, by id, e-mail or name.
  public var serviceOf: String?
  /// Whether a service acts as others.
  public var assumes: Bool
  /// The only methods it is for; none for all.
  public var methods: [String]
  /// The only networks it is taken from; none for all.
  public var networks: [String]
  /// In how many days it ends; nil for never.
  public var days: Int?
  /// From when the days count.
  public var now: Date

  /// A token to be made.
  public init(
    name: String, serviceOf: String? = nil, assumes: Bool = false, methods: [String] = [],
    networks: [String] = [], days: Int? = nil, now: Date = Date()
  ) {
    self.name = name
    self.serviceOf = serviceOf
    self.assumes = assumes
    self.methods = methods
    self.networks = networks
    self.days = days
    self.now = now
  }

  /// The method's params.
  func params(_ directory: Directory) async throws -> JSON {
    var params: JSONObject = ["name": .string(name)]
    if let serviceOf {
      params["kind"] = "service"
      params["user"] = .integer(try await directory.user(serviceOf))
      if assumes { params["assume"] = true }
    }
    if !methods.isEmpty { params["methods"] = .array(methods.map { .string($0) }) }
    if !networks.isEmpty { params["networks"] = .array(networks.map { .string($0) }) }
    if let days {
      let end = now.addingTimeInterval(Double(days) * 86_400)
      params["expires_at"] = .string(end.formatted(.iso8601))
    }
    return .object(params)
  }
}
