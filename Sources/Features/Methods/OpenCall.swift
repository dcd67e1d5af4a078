internal import JSONRPC
internal import SalesRules

/// What a method that anybody may call is given.
struct OpenCall: Sendable {
  let arguments: Arguments
  let services: Services
  /// The connection, for those methods that bind it to somebody.
  let session: ClientSession
  let now: Timestamp
  /// What the audit keeps of the request.
  let audited: AuditedRequest
}
