internal import SalesRules

/// The clients of a generated company, each made when it first asks.
struct Clientele {
  private let words: Vocabulary
  private let seed: UInt64
  private let phoneOffset: Int
  private var clients: [Client] = []
  private(set) var companies: [ClientCompany]

  init(_ words: Vocabulary, settings: FurnitureSettings) {
    self.words = words
    seed = settings.seed
    var random = RandomSource(seed: seed, "client companies")
    phoneOffset = random.below(words.phoneCount)
    let names = random.shuffled(words.clientCompanies)
    let count = max(4, settings.deals / 16)
    companies = (0..<count).map { index in
      let round = index / names.count
      let name = names[index % names.count]
      return ClientCompany(
        externalID: "C-\(padded(index + 1, 3))", name: round == 0 ? name : "\(name) \(round + 1)")
    }
  }

  /// Who asks next: now and then somebody who has asked before (S1: a repeat lead).
  mutating func next(_ random: inout RandomSource) -> Client {
    if clients.count > 12, random.chance(0.08) { return random.pick(clients) }
    let client = newClient(&random)
    clients.append(client)
    return client
  }

  private func newClient(_ random: inout RandomSource) -> Client {
    let number = clients.count
    let name = random.pick(words.givenNames)
    let surname = random.pick(words.surnames)
    // 7919 shares no factor with the count, so each number comes once before any comes again.
    let phone =
      number < words.phoneCount
      ? words.phone((phoneOffset + number * 7919) % words.phoneCount) : nil
    let writes = phone == nil || random.chance(0.6)
    return Client(
      name: surname.after(name), phone: phone,
      email: writes ? "\(name.latin).\(surname.latin)\(number + 1)@client.example" : nil,
      company: random.chance(0.12) ? random.pick(companies) : nil)
  }
}
