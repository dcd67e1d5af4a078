/// Gives each new colleague a name and an address that nobody else has.
struct StaffNames {
  private let slug: String
  private let givenNames: [GivenName]
  private let surnames: [Surname]
  private var given = 0

  init(_ words: Vocabulary, seed: UInt64) {
    var random = RandomSource(seed: seed, "staff names")
    slug = words.slug
    givenNames = random.shuffled(words.givenNames)
    surnames = random.shuffled(words.surnames)
  }

  /// The next colleague, at the company's own addresses or at another's.
  mutating func colleague(_ position: Colleague.Position, at host: String? = nil) -> Colleague {
    let name = givenNames[given % givenNames.count]
    let round = given / givenNames.count
    // Another step a round, so that the same first name meets another surname.
    let surname = surnames[(given + round * 7) % surnames.count]
    given += 1
    let number = round == 0 ? "" : "\(round + 1)"
    return Colleague(
      name: surname.after(name), email: "\(name.latin)\(number)@\(host ?? "\(slug).example")",
      position: position)
  }
}
