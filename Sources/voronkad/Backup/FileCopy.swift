internal import Crypto
internal import Foundation
internal import Glibc

/// Files of a backup: read once for their checksum, copied for their owner alone, kept by the disk.
enum FileCopy {
  /// The files of a data folder that a restored one needs beside the database: the secrets.
  static func secrets(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0.hasSuffix(".token") || $0.hasSuffix(".key")
    }.sorted()
  }

  /// A file's size and the SHA-256 of its bytes.
  static func describe(_ name: String, in folder: String) throws -> BackupManifest.File {
    let path = "\(folder)/\(name)"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw failure(path, "can't be read") }
    defer { close(descriptor) }
    var hash = SHA256()
    var bytes: Int64 = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, "can't be read") }
      guard count > 0 else { break }
      chunk.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<count])) }
      bytes += Int64(count)
    }
    return BackupManifest.File(name: name, bytes: bytes, checksum: hexadecimal(hash.finalize()))
  }

  /// Copies a small file; the copy is new and its owner's alone.
  static func copy(_ name: String, from source: String, to target: String) throws {
    guard let content = FileManager.default.contents(atPath: "\(source)/\(name)") else {
      throw StartFailure("\(source)/\(name) can't be read")
    }
    try write(Array(content), to: "\(target)/\(name)")
  }

  /// Writes a new file and has the disk keep it.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = try create(path)
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path, "can't be written") }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw failure(path, "can't be written") }
  }

  /// A new file, open for writing, which nobody but its owner may read.
  static func create(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path, "can't be written") }
    return descriptor
  }

  /// Has the disk keep the names in a folder.
  static func keep(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard descriptor >= 0, fsync(descriptor) == 0 else { throw failure(folder, "can't be written") }
    close(descriptor)
  }

  static func failure(_ path: String, _ what: String) -> StartFailure {
    StartFailure("\(path) \(what): \(String(cString: strerror(errno)))")
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
