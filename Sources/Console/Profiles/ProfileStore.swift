internal import Glibc
internal import JSON

/// The profiles of one person: a file each, mode 0600, in a folder of mode 0700.
struct ProfileStore: Sendable {
  private let folder: String

  /// `$XDG_CONFIG_HOME/voronka`, or `~/.config/voronka`.
  init(environment: [String: String]) throws {
    if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
      folder = base + "/voronka"
    } else if let home = environment["HOME"], !home.isEmpty {
      folder = home + "/.config/voronka"
    } else {
      throw ConsoleFailure.usage("Neither HOME nor XDG_CONFIG_HOME says where profiles are kept.")
    }
  }

  /// The profile of a name; nil where there is none. A file that others may read is refused.
  func load(_ name: String) throws -> Profile? {
    let path = try path(of: name)
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw ConsoleFailure.usage("\(path) can't be read: \(SystemError.last)")
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw ConsoleFailure.usage(
        "\(path) holds a token and others may read it: chmod 600 it, or log in again.")
    }
    let json = try? JSONReader().read(FileBytes.contents(of: path))
    guard let profile = json.flatMap(Profile.init) else {
      throw ConsoleFailure.usage("\(path) is damaged: log in again.")
    }
    return profile
  }

  /// Keeps a profile: written beside and moved into place, so that no half of it is ever read.
  func save(_ profile: Profile, as name: String) throws {
    let path = try path(of: name)
    try makeFolder()
    let temporary = path + ".\(getpid())"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(temporary) }
    let bytes = RawJSON(profile.json).bytes + [0x0A]
    let count = write(descriptor, bytes, bytes.count)
    let isWhole = count == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWhole, rename(temporary, path) == 0 else {
      let failure = unwritable(path)
      unlink(temporary)
      throw failure
    }
  }

  /// Forgets a profile; one that is not there is forgotten already.
  func remove(_ name: String) throws {
    let path = try path(of: name)
    guard unlink(path) == 0 || errno == ENOENT else { throw unwritable(path) }
  }

  private func makeFolder() throws {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/" + part
      guard mkdir(path, 0o700) == 0 || errno == EEXIST || errno == EROFS else {
        throw unwritable(path)
      }
    }
  }

  private func path(of name: String) throws -> String {
    let isPlain = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
    }
    guard isPlain, !name.isEmpty, name.count <= 64 else {
      throw ConsoleFailure.usage("A profile's name is of letters, digits, - and _.")
    }
    return "\(folder)/\(name).json"
  }

  private func unwritable(_ path: String) -> ConsoleFailure {
    .usage("\(path) can't be written: \(SystemError.last)")
  }
}
