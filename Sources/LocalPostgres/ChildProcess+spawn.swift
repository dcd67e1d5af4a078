internal import CLibPQ
internal import Glibc

extension ChildProcess {
  struct Spawned {
    let identifier: pid_t
    /// Where the child's output is read, nil where a log file takes it.
    let output: Int32?
  }

  /// Starts the program in a process group of its own (a Ctrl-C for the server is not for
  /// PostgreSQL), in the root folder, with default signals and no descriptor of ours.
  static func spawn(_ command: ChildCommand) throws -> Spawned {
    let input = try inputDescriptor(command.input)
    defer { close(input) }
    let output = try OutputDescriptors(logFile: command.logFile)
    defer { close(output.written) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, command.outputDescriptor ?? output.written, 1)
    posix_spawn_file_actions_adddup2(&actions, output.written, 2)
    posix_spawn_file_actions_addchdir_np(&actions, "/")
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var every = sigset_t()
    var none = sigset_t()
    sigfillset(&every)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &every)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

    var identifier: pid_t = 0
    let failure = withCStrings(command.words) { words in
      withCStrings(ChildCommand.environment + command.variables) { environment in
        posix_spawn(&identifier, command.words[0], &actions, &attributes, words, environment)
      }
    }
    guard failure == 0 else {
      if let read = output.read { close(read) }
      throw LocalPostgresError(
        .failed, "\(command.words[0]) can't be started: \(String(cString: strerror(failure)))")
    }
    return Spawned(identifier: identifier, output: output.read)
  }

  /// A descriptor from which the child reads the text and then the end.
  private static func inputDescriptor(_ text: String) throws -> Int32 {
    let pair = try DescriptorPair()
    defer { close(pair.second) }
    var text = text
    let sent = text.withUTF8 {
      send(pair.second, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    guard sent == text.utf8.count else {
      close(pair.first)
      throw LocalPostgresError(.failed, "\(text.utf8.count) bytes are too much for standard input")
    }
    return pair.first
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}

/// The descriptor a child writes to and, where nothing but this process wants its words, the other end.
private struct OutputDescriptors {
  let written: Int32
  let read: Int32?

  init(logFile: String?) throws {
    if let logFile {
      // Not through a link: this may run as root, beside folders of another user.
      let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
      written = open(logFile, flags, 0o600)
      read = nil
      guard written >= 0 else {
        throw LocalPostgresError(
          .folder, "\(logFile) can't be written: \(String(cString: strerror(errno)))")
      }
      return
    }
    let pair = try DescriptorPair()
    read = pair.first
    written = pair.second
  }
}

/// Two connected sockets. Not a pipe: a child that does not read must not cost this process a
/// SIGPIPE.
private struct DescriptorPair {
  let first: Int32
  let second: Int32

  init() throws {
    var pair: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &pair) == 0 else {
      throw LocalPostgresError(.failed, "socketpair: \(String(cString: strerror(errno)))")
    }
    first = pair[0]
    second = pair[1]
  }
}
