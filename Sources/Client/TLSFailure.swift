internal import NIOSSL

/// Words for why no TLS was agreed on; the library's own name lines of its source.
enum TLSFailure {
  static func words(for error: any Error) -> String {
    let cause = (error as? ConnectionError)?.cause ?? error
    switch cause {
    case NIOSSLError.handshakeFailed(.sslError(let stack)): return words(for: stack)
    case NIOSSLError.uncleanShutdown: return closed
    case NIOSSLError.unableToValidateCertificate: return untrusted
    default: return "\(error)"
    }
  }

  private static let closed =
    "the server closed the connection instead; perhaps it speaks no TLS there"
  private static let untrusted =
    "the server's certificate is not signed by an authority that is trusted here, or has expired"

  private static func words(for stack: NIOBoringSSLErrorStack) -> String {
    if stack.contains(.eofDuringHandshake) { return closed }
    let reasons = stack.map(reason)
    if reasons.contains(where: plainTextReasons.contains) {
      return "the server does not speak TLS there; without tls:// the address may work"
    }
    if reasons.contains("CERTIFICATE_VERIFY_FAILED") { return untrusted }
    return reasons.map { $0.lowercased().replacing("_", with: " ") }.joined(separator: ", ")
  }

  /// What bytes that are no TLS record look like to the library.
  private static let plainTextReasons: Set<String> = [
    "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "UNEXPECTED_RECORD",
    "INVALID_TLS_RECORD",
  ]

  /// The last part of "Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:REASON at …".
  private static func reason(of error: BoringSSLInternalError) -> String {
    let text = error.description
    guard let start = text.firstRange(of: ":OPENSSL_internal:")?.upperBound else { return text }
    return String(text[start...].prefix { !$0.isWhitespace })
  }
}
