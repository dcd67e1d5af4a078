#if canImport(Glibc)
internal import Glibc
#endif

/// The file of a Unix socket that only its own user can open.
struct UnixSocket: Sendable {
  /// Where it lies.
  let path: String
  /// The bound socket, not listening yet.
  let descriptor: Int32
  private let device: UInt64
  private let inode: UInt64

  /// Makes the socket. One that a killed server left behind is replaced, one that is in use is not.
  init(path: String) throws(ServerError) {
    self.path = path
    var address = try Self.address(path)
    try Self.removeLeftBehind(path, address: address)
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    // Nobody can connect between bind and chmod: it does not listen yet.
    guard Self.withAddress(&address, { bind(descriptor, $0, $1) }) == 0, chmod(path, 0o600) == 0
    else {
      let error = errno
      Glibc.close(descriptor)
      throw Self.failure(path, error)
    }
    var status = stat()
    lstat(path, &status)
    self.descriptor = descriptor
    self.device = UInt64(status.st_dev)
    self.inode = UInt64(status.st_ino)
  }

  /// Removes the file, if it is still this socket's.
  func remove() {
    var status = stat()
    guard lstat(path, &status) == 0, UInt64(status.st_dev) == device,
      UInt64(status.st_ino) == inode
    else { return }
    unlink(path)
  }

  private static func address(_ path: String) throws(ServerError) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path) - 1
    guard !path.isEmpty, path.utf8.count <= capacity, !path.utf8.contains(0) else {
      throw ServerError(
        .badAddress,
        "The path of the Unix socket has to be 1 to \(capacity) bytes long: \"\(path)\".")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return address
  }

  private static func removeLeftBehind(
    _ path: String, address: sockaddr_un
  ) throws(ServerError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw ServerError(
        .addressUnavailable,
        "\(path) exists and is not a socket. Move it away, or name another path.")
    }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard probe >= 0 else { throw failure(path, errno) }
    defer { Glibc.close(probe) }
    // A full backlog must not make the start wait: that socket is in use too.
    _ = fcntl(probe, F_SETFL, O_NONBLOCK)
    var address = address
    let isDeserted =
      withAddress(&address) { connect(probe, $0, $1) } != 0
      && (errno == ECONNREFUSED || errno == ENOENT)
    guard isDeserted else {
      throw ServerError(
        .addressUnavailable, "A server answers on \(path) already. Stop it, or name another path.")
    }
    unlink(path)
  }

  private static func withAddress(
    _ address: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  private static func failure(_ path: String, _ error: Int32) -> ServerError {
    ServerError(
      .addressUnavailable,
      "Cannot listen on the Unix socket \(path): \(String(cString: strerror(error))). Its folder "
        + "must exist and be writable.")
  }
}
