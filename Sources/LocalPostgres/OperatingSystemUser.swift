internal import Glibc

/// A user of the operating system, as the user database knows it.
struct OperatingSystemUser: Sendable, Equatable {
  let name: String
  let identifier: uid_t
  let group: gid_t

  /// The user this process works as.
  static func current() throws -> OperatingSystemUser {
    let identifier = geteuid()
    guard let user = look({ getpwuid_r(identifier, $0, $1, $2, $3) }) else {
      throw LocalPostgresError(
        .noUser,
        "user number \(identifier), who runs this process, has no name: PostgreSQL needs one; "
          + "add the user to /etc/passwd")
    }
    return user
  }

  /// The user of that name, nil where there is none.
  static func named(_ name: String) -> OperatingSystemUser? {
    look { getpwnam_r(name, $0, $1, $2, $3) }
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private static func look(_ lookup: Lookup) -> OperatingSystemUser? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    let size = 16 * 1024
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
      guard let base = buffer.baseAddress, lookup(&entry, base, size, &found) == 0, found != nil,
        let name = entry.pw_name
      else { return nil }
      return OperatingSystemUser(
        name: String(cString: name), identifier: entry.pw_uid, group: entry.pw_gid)
    }
  }
}
