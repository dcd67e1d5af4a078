/// Where a TLS listener's certificate and key lie, in PEM.
public struct CertificateFiles: Sendable, Hashable {
  /// The file of the certificate, followed by those that vouch for it.
  public let certificate: String
  /// The file of the private key, without a passphrase.
  public let key: String

  /// Two files, which may be one and the same.
  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}
