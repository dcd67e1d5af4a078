internal import CLibPQ
internal import Glibc

/// The hosts of a connection, one entry for each address to try.
///
/// libpq resolves names itself, but blockingly; so names are resolved on a thread of their own and libpq
/// gets both name (for TLS and the password file) and address.
struct HostList: Equatable {
  struct Entry: Equatable {
    var name: String
    var address: String
    var port: String
  }

  private(set) var entries: [Entry]

  /// The hosts as the settings name them; `nil` where libpq should find its way, or complain, itself.
  init?(_ settings: ConnectionSettings) {
    guard let host = settings["host"], settings["hostaddr"] == nil else { return nil }
    let names = host.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var ports = (settings["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    if ports.count == 1 { ports = Array(repeating: ports[0], count: names.count) }
    guard ports.count == names.count else { return nil }
    entries = zip(names, ports).map { Entry(name: $0, address: "", port: $1) }
  }

  var names: String {
    entries.map(\.name).joined(separator: ",")
  }

  /// `nil` where no entry has one: libpq takes an empty list amiss.
  var addresses: String? {
    let addresses = entries.map(\.address)
    return addresses.allSatisfy(\.isEmpty) ? nil : addresses.joined(separator: ",")
  }

  var ports: String {
    entries.map(\.port).joined(separator: ",")
  }

  /// The names that need a resolver: neither socket folders nor addresses.
  var unresolvedNames: Set<String> {
    Set(entries.filter { $0.address.isEmpty && !Self.isDirect($0.name) }.map(\.name))
  }

  /// Each entry once for every address of its name; names without any are dropped.
  func resolved(_ addresses: [String: [String]]) -> HostList {
    var list = self
    list.entries = entries.flatMap { entry in
      guard !Self.isDirect(entry.name) else { return [entry] }
      return (addresses[entry.name] ?? []).map { address in
        Entry(name: entry.name, address: address, port: entry.port)
      }
    }
    return list
  }

  /// Begins with another entry: an attempt that timed out may have hung at its first host.
  func rotated(by count: Int) -> HostList {
    guard !entries.isEmpty else { return self }
    let first = count % entries.count
    var list = self
    list.entries = Array(entries[first...] + entries[..<first])
    return list
  }

  private static func isDirect(_ name: String) -> Bool {
    if name.isEmpty || name.hasPrefix("/") || name.hasPrefix("@") { return true }
    var address = in6_addr()
    return inet_pton(AF_INET, name, &address) == 1 || inet_pton(AF_INET6, name, &address) == 1
  }
}
