internal import Foundation
internal import JSON
internal import SalesRules

/// The `id` of an export: what was asked for and by whom, under a MAC with the installation's key.
///
/// Nothing of an export is kept on the server, so that any server gives any page and nothing needs
/// clearing away. The MAC shows that `export.begin` has written the export down in the audit: without it
/// there is no reading. It gives no rights; those are asked for anew with each page.
struct ExportTicket: Sendable {
  /// For how long pages are given, in seconds.
  static let patience: Int64 = 86_400

  let tenant: Int64
  let user: Int64
  let until: Timestamp
  let order: ExportOrder

  init(tenant: Int64, user: Int64, until: Timestamp, order: ExportOrder) {
    self.tenant = tenant
    self.user = user
    self.until = until
    self.order = order
  }

  /// Reads an id; nil for one that this installation did not give.
  init?(_ text: String, keys: AuditKeys) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let key = keys[parts[1]],
      let payload = Data(base64Encoded: parts[0]), let mac = Data(base64Encoded: parts[2]),
      Self.isEqual(Array(mac), Self.mac(Array(payload), under: key)),
      let json = try? JSONReader().read(Array(payload)),
      let tenant = json["tenant"]?.int64, let user = json["user"]?.int64,
      let end = json["until"]?.int64, let until = Timestamp(microsecondsSince1970: end),
      let order = json["order"].flatMap({ ExportOrder($0) })
    else { return nil }
    self.init(tenant: tenant, user: user, until: until, order: order)
  }

  /// The id.
  func text(keys: AuditKeys) -> String {
    let key = keys.current
    let payload = RawJSON {
      $0.object {
        $0.member("tenant", tenant)
        $0.member("user", user)
        $0.member("until", until.microsecondsSince1970)
        $0.member("order") {
          order.write(to: &$0)
          if let keys = order.keys { $0.member("keys", keys) }
        }
      }
    }.bytes
    let mac = Self.mac(payload, under: key)
    return "\(Data(payload).base64EncodedString()).\(key.id).\(Data(mac).base64EncodedString())"
  }

  private static func mac(_ payload: [UInt8], under key: AuditKey) -> [UInt8] {
    var encoding = AuditEncoding("voronka.export.1")
    encoding.add(payload)
    return key.mac(encoding.bytes)
  }

  /// In a time that does not depend on where they differ.
  private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
