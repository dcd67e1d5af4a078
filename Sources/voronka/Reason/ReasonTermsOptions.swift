internal import ArgumentParser
internal import Console

/// What a reason says besides its name.
struct ReasonTermsOptions: ParsableArguments {
  @Option(help: "Which kind of loss it is: dropped (by the rules), refused or vanished.")
  var lossKind: String?

  @Option(
    help: "Whether it takes a comment: required, optional, or company for the company's rule.")
  var comment: String?

  var terms: ReasonTerms { ReasonTerms(lossKind: lossKind, comment: comment) }
}
