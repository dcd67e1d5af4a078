import Foundation
import NIOSSL

@testable import Server

/// A self-signed certificate in a folder of its own, made by the openssl tool.
struct TestCertificate {
  let folder: TemporaryFolder
  let files: CertificateFiles

  init() throws {
    folder = try TemporaryFolder()
    files = CertificateFiles(
      certificate: folder.path + "/certificate.pem", key: folder.path + "/key.pem")
    try renew()
  }

  /// Puts another certificate and key into the same files.
  func renew() throws {
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    openssl.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
      "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", files.key, "-out",
      files.certificate,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    guard openssl.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  /// The certificate's bytes.
  func bytes() throws -> [UInt8] {
    try NIOSSLCertificate.fromPEMFile(files.certificate)[0].toDERBytes()
  }

  /// What a client needs to speak TLS of some versions, whoever it meets.
  static func client(maximum: TLSVersion? = nil) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateVerification = .none
    configuration.minimumTLSVersion = .tlsv1
    configuration.maximumTLSVersion = maximum
    return try NIOSSLContext(configuration: configuration)
  }
}
