internal import Foundation
internal import TestSupport

/// A self-signed certificate for localhost, made by the openssl tool.
struct ServerCertificate: Sendable {
  let file: String
  let key: String

  init(in folder: String, name: String = "server") async throws {
    file = "\(folder)/\(name).pem"
    key = "\(folder)/\(name).key"
    try await renew()
  }

  /// Puts another certificate and key into the same files.
  func renew() async throws {
    let made = try await Program.run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost", "-keyout", key, "-out", file,
      ])
    guard made.status == .exited(0) else { throw CocoaError(.executableLoad) }
  }

  /// The certificate in PEM.
  func bytes() throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }
}
