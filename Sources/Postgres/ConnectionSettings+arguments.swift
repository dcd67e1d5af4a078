extension ConnectionSettings {
  /// What libpq is told where the settings are silent: a vanished server is noticed within a minute
  /// or so instead of hours, and no Kerberos negotiation is tried.
  private static let defaults = [
    "gssencmode": "disable",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
  ]

  /// Session parameters and the statement timeout, by name.
  var runtimeParameters: [(name: String, value: String)] {
    var parameters = sessionParameters
    if let statementTimeout { parameters["statement_timeout"] = statementTimeout.milliseconds }
    return parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Keywords and values for `PQconnectStartParams`.
  /// - Parameter hosts: the hosts with their addresses, in the order to try; `nil` leaves them to libpq.
  func arguments(hosts: HostList?) -> [(keyword: String, value: String)] {
    var arguments = Self.defaults.merging(keywords) { $1 }
    if let hosts {
      arguments["host"] = hosts.names
      arguments["hostaddr"] = hosts.addresses
      arguments["port"] = hosts.ports
    }
    arguments["application_name"] = applicationName
    arguments["client_encoding"] = "UTF8"
    if let options { arguments["options"] = options }
    return arguments.map { ($0.key, $0.value) }
  }

  private var options: String? {
    guard sessionParameterDelivery == .startupOptions else { return keywords["options"] }
    let own = runtimeParameters.map { "-c \($0.name)=\(Self.escaped($0.value))" }
    return ((keywords["options"].map { [$0] } ?? []) + own).joined(separator: " ")
  }

  /// The server splits the start-up options at spaces and takes a backslash as an escape.
  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == "\\" || character.isWhitespace { text.append("\\") }
      text.append(character)
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, as PostgreSQL reads them.
  fileprivate var milliseconds: String {
    let (seconds, attoseconds) = components
    return String(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
