internal import CLibPQ

extension Connection {
  /// Hears the server's notices: none is logged, since they may quote values; one kind matters.
  static let receiveNotice: PQnoticeReceiver = { context, notice in
    guard let context, let notice else { return }
    // Unretained: notices come only from within calls on the handle, which this connection closes
    // before it goes.
    Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().receive(notice: notice)
  }

  /// When a wait for synchronous replication is cut short, the server reports success and, by a warning
  /// only, that the commit is local. The function's name is never translated, the text is.
  private func receive(notice: OpaquePointer) {
    if let severity = PQresultErrorField(notice, PostgresError.severityField),
      ["FATAL", "PANIC"].contains(String(cString: severity))
    {
      isEnding = true
    }
    guard let function = PQresultErrorField(notice, PostgresError.sourceFunctionField) else {
      return
    }
    guard String(cString: function) == "SyncRepWaitForLSN" else { return }
    results.headIsUnconfirmed()
    script?.isUnconfirmed = true
  }
}
