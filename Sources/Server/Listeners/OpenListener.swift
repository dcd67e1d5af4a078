internal import NIOCore

/// A listener that takes connections.
struct OpenListener: Sendable {
  let channel: any Channel
  let address: BoundAddress
  let socket: UnixSocket?

  /// Takes no more connections.
  func close() async {
    // Removed first: what finds the file finds a server behind it.
    socket?.remove()
    try? await channel.close()
  }
}
