internal import Crypto
internal import Foundation
internal import JSON
internal import JSONRPC

/// Which list a cursor belongs to: the method and everything that chooses and orders its items.
///
/// A cursor carries a short hash of it, so that one of another list, or of this one under other filters,
/// is refused instead of giving a page that leaves items out.
struct ListScope: Sendable {
  private let hash: String

  /// A list by its method and params; where a page begins and ends is no part of it.
  init(_ method: String, _ parameters: JSONObject) {
    let paging: Set = [CommonMembers.limit.name, CommonMembers.after.name]
    var writer = JSONWriter()
    writer.value(method)
    for member in parameters.members.sorted(by: { $0.name < $1.name })
    where !paging.contains(member.name) && !member.value.isNull {
      writer.value(member.name)
      writer.value(member.value)
    }
    let digest = SHA256.hash(data: writer.bytes)
    hash = Data(digest.prefix(6)).base64EncodedString()
  }

  /// A cursor that begins behind this key.
  func cursor(_ key: String) -> String {
    Data("\(hash):\(key)".utf8).base64EncodedString()
  }

  /// The key of a cursor of this list; nil for what is none.
  func key(of cursor: String) -> String? {
    guard let data = Data(base64Encoded: cursor), let text = String(data: data, encoding: .utf8),
      text.hasPrefix("\(hash):"), !text.utf8.contains(0)
    else { return nil }
    return String(text.dropFirst(hash.count + 1))
  }
}

extension Request {
  /// The params that came, none where there are none.
  var members: JSONObject { parameters ?? [:] }
}
