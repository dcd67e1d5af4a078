import Console

/// How a command ends: the console's exit status, not that of the tests.
typealias CommandEnd = ExitStatus
