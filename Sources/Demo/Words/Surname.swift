/// A surname as men and women bear it, with its Latin form for addresses.
struct Surname: Sendable {
  let masculine: String
  let feminine: String
  let latin: String

  init(_ masculine: String, _ feminine: String, _ latin: String) {
    self.masculine = masculine
    self.feminine = feminine
    self.latin = latin
  }

  /// A surname that is the same for all, in Latin letters already.
  init(_ name: String) {
    self.init(name, name, name.lowercased())
  }

  func after(_ name: GivenName) -> String {
    "\(name.text) \(name.isFeminine ? feminine : masculine)"
  }
}
