import Glibc

/// Gives other threads a turn while a scripted server holds an answer back.
func usleepBriefly() {
  sched_yield()
}
