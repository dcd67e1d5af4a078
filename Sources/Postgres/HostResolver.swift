internal import Glibc

/// Resolves host names on threads of their own, since the system's resolver blocks, for up to half a
/// minute. Connections that ask for the same names at the same time share one look-up, so a dead name
/// server costs one thread and not one an attempt.
///
/// Confined to the engine's thread.
final class HostResolver {
  typealias Addresses = [String: [String]]

  private let loop: EngineLoop
  private var waiting: [Set<String>: [(Addresses) -> Void]] = [:]

  init(loop: EngineLoop) {
    self.loop = loop
  }

  /// Calls back on the engine's thread with each name's addresses; unknown names are missing.
  func resolve(_ names: Set<String>, _ completion: @escaping (Addresses) -> Void) {
    waiting[names, default: []].append(completion)
    guard waiting[names]?.count == 1 else { return }
    let loop = loop
    let isRunning = Thread.spawn(named: "pg-resolve") {
      var addresses: Addresses = [:]
      for name in names { addresses[name] = Self.addresses(of: name) }
      let found = addresses
      loop.perform { loop.resolver?.finish(names, found) }
    }
    if !isRunning { finish(names, [:]) }
  }

  private func finish(_ names: Set<String>, _ addresses: Addresses) {
    for completion in waiting.removeValue(forKey: names) ?? [] { completion(addresses) }
  }

  private static func addresses(of name: String) -> [String] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var addresses: [String] = []
    var next = list
    while let info = next {
      if let address = text(of: info.pointee) { addresses.append(address) }
      next = info.pointee.ai_next
    }
    return addresses
  }

  private static func text(of info: addrinfo) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { buffer in
      guard
        getnameinfo(
          info.ai_addr, info.ai_addrlen, buffer.baseAddress, socklen_t(buffer.count), nil, 0,
          NI_NUMERICHOST) == 0
      else { return nil }
      return buffer.baseAddress.map { String(cString: $0) }
    }
  }
}
