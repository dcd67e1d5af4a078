internal import ArgumentParser

/// What commands say of how stages are named.
enum StageHelp {
  static func of(_ meaning: String) -> ArgumentHelp {
    ArgumentHelp("\(meaning): its id, its name where only one stage has it, or PIPELINE/STAGE.")
  }
}
