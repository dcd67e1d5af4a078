import Glibc

/// Gives other threads a turn while a scripted server holds an answer back.
func usleepBriefly() {
  sched_yield()
}

/// Reads from a socket until its other side closes it.
func waitForEnd(_ client: Int32) {
  var bytes = [UInt8](repeating: 0, count: 4096)
  while recv(client, &bytes, bytes.count, 0) > 0 {}
}
