internal import NIOSSL
internal import Synchronization

/// The certificate of a TLS listener, which may be read anew while connections are open.
final class CertificateStore: Sendable {
  private let files: CertificateFiles
  private let current: Mutex<NIOSSLContext>

  /// Reads the files.
  init(_ files: CertificateFiles) throws(ServerError) {
    self.files = files
    self.current = Mutex(try Self.read(files))
  }

  /// What new connections use.
  var context: NIOSSLContext { current.withLock { $0 } }

  /// Reads the files again; what is in use stays so where they cannot be used.
  func reload() throws(ServerError) {
    let context = try Self.read(files)
    current.withLock { $0 = context }
  }

  private static func read(_ files: CertificateFiles) throws(ServerError) -> NIOSSLContext {
    let chain = try attempt("the certificate in \(files.certificate)") {
      try NIOSSLCertificate.fromPEMFile(files.certificate)
    }
    let key = try attempt("the key in \(files.key)") {
      try NIOSSLPrivateKey(file: files.key, format: .pem)
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    return try attempt("the certificate in \(files.certificate) with the key in \(files.key)") {
      try NIOSSLContext(configuration: configuration)
    }
  }

  private static func attempt<Value>(
    _ what: String, _ body: () throws -> Value
  ) throws(ServerError) -> Value {
    do {
      return try body()
    } catch {
      throw ServerError(
        .certificate,
        "Cannot use \(what): \(error). Both files must be readable, in PEM, without passphrase, "
          + "and belong together.", cause: error)
    }
  }
}
