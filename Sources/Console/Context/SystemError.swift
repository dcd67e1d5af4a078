internal import Glibc

/// What the operating system says about its last refusal on this thread.
enum SystemError {
  static var last: String { String(cString: strerror(errno)) }
}
