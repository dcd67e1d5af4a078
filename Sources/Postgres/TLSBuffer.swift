internal import CLibPQ
internal import Glibc

/// Asks OpenSSL for bytes that it has decrypted and libpq has not taken yet.
///
/// libpq links OpenSSL but does not pass this question on; the function is looked up in the process, so
/// that a libpq without TLS does as well.
enum TLSBuffer {
  private typealias Pending = @convention(c) (UnsafeRawPointer) -> Int32

  private static let pending: Pending? = {
    guard let symbol = dlsym(nil, "SSL_pending") else { return nil }
    return unsafeBitCast(symbol, to: Pending.self)
  }()

  static func hasPendingBytes(_ handle: OpaquePointer?) -> Bool {
    guard PQsslInUse(handle) == 1, let pending, let session = PQsslStruct(handle, "OpenSSL") else {
      return false
    }
    return pending(session) > 0
  }
}
