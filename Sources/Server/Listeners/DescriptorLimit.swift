#if canImport(Glibc)
internal import Glibc
#endif

/// How many files and sockets the process may have open.
enum DescriptorLimit {
  /// Raises the limit as far as it is needed and the system allows.
  /// - Returns: the limit that holds now.
  static func raise(to needed: Int) -> Int {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0 else { return needed }
    if limit.rlim_cur < rlim_t(needed) {
      var raised = limit
      raised.rlim_cur = min(rlim_t(needed), limit.rlim_max)
      if setrlimit(resource, &raised) == 0 { limit = raised }
    }
    return Int(clamping: limit.rlim_cur)
  }
}
