internal import CLibPQ
internal import Glibc

extension Connection {
  /// Starts connecting; the owner hears of success or failure.
  /// - Parameter rotation: how many of the hosts to skip at first.
  func connect(rotation: Int = 0) {
    guard case .new = state else { return }
    state = .connecting
    token = loop.add(self)
    connectTimer = loop.schedule(at: .now + settings.connectTimeout) { [weak self] in
      self?.failConnect(
        "no connection within \(self?.settings.connectTimeout ?? .zero)", timedOut: true)
    }
    let hosts = HostList(settings)?.rotated(by: rotation)
    let names = hosts?.unresolvedNames ?? []
    guard !names.isEmpty else { return start(hosts) }
    loop.resolver?.resolve(names) { [weak self] addresses in
      self?.start(hosts?.resolved(addresses))
    }
  }

  private func start(_ hosts: HostList?) {
    guard case .connecting = state else { return }
    if let hosts, hosts.entries.isEmpty {
      return failConnect("none of the host names can be resolved")
    }
    handle = Self.startConnecting(settings.arguments(hosts: hosts))
    guard let handle else { return failConnect("out of memory") }
    PQsetNoticeReceiver(handle, Self.receiveNotice, Unmanaged.passUnretained(self).toOpaque())
    guard PQstatus(handle) != CONNECTION_BAD else { return failConnect(libpqMessage) }
    // libpq's rule: before the first poll, wait as if it had asked for writing.
    watch(.write)
  }

  func pollConnect() {
    let status = PQconnectPoll(handle)
    // libpq may have moved on to another socket, of the same number even.
    interest = []
    switch status {
    case PGRES_POLLING_READING: watch(.read)
    case PGRES_POLLING_WRITING: watch(.write)
    case PGRES_POLLING_OK: finishConnect()
    default: failConnect(libpqMessage)
    }
  }

  private func finishConnect() {
    connectTimer?.cancel()
    guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
      return failConnect(libpqMessage)
    }
    state = .open
    watch(.read)
    owner?.connectionDidOpen(self)
  }

  private func failConnect(_ message: String, timedOut: Bool = false) {
    hasTimedOut = timedOut
    close(PostgresError(.unavailable, message: message))
  }

  private static func startConnecting(
    _ arguments: [(keyword: String, value: String)]
  ) -> OpaquePointer? {
    var keywords: [UnsafePointer<CChar>?] = arguments.map { UnsafePointer(strdup($0.keyword)) }
    var values: [UnsafePointer<CChar>?] = arguments.map { UnsafePointer(strdup($0.value)) }
    defer {
      for text in keywords + values { free(UnsafeMutablePointer(mutating: text)) }
    }
    keywords.append(nil)
    values.append(nil)
    return PQconnectStartParams(keywords, values, 0)
  }
}
