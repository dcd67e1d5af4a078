internal import Postgres

/// One action's rights as the policies read them (sql/migrations/0005_cards.sql): for each stage 16 bits
/// with the number of a set of people, and for each person, nobody being 0, a bit for each set. Set 0 is
/// empty.
struct RightsBits: Sendable {
  /// The numbers of sets by stage, as the text of a bit string; empty where nothing is held.
  let places: Parameter
  /// In which sets each person is.
  let people: Parameter

  /// - Parameters:
  ///   - sets: how many bits each person has: the same for all actions of one member.
  ///   - lastPerson: the highest number of a person; whoever comes later is in no set.
  init(_ held: NumberedSets, sets: Int, lastPerson: Int64) {
    guard !held.stages.isEmpty else {
      (places, people) = ("", "")
      return
    }
    var places = [UInt8](repeating: 0, count: (Int(held.stages.keys.max() ?? 0) + 1) * 2)
    for (stage, number) in held.stages {
      places[Int(stage) * 2] = UInt8(number >> 8)
      places[Int(stage) * 2 + 1] = UInt8(number & 255)
    }
    var bits = [UInt8](repeating: 0, count: ((Int(lastPerson) + 1) * sets + 7) / 8)
    for (whose, number) in held.numbers {
      let everybody = 0...lastPerson
      switch whose {
      case .everybody: for person in everybody { Self.set(person, number, sets, &bits) }
      case .named(let people):
        for person in people where person > 0 && everybody.contains(person) {
          Self.set(person, number, sets, &bits)
        }
      }
    }
    self.places = Self.text(places)
    people = Self.text(bits)
  }

  /// The first bit is the highest of the first byte.
  private static func set(_ person: Int64, _ number: Int, _ sets: Int, _ bits: inout [UInt8]) {
    let bit = Int(person) * sets + number
    bits[bit / 8] |= 128 >> UInt8(bit % 8)
  }

  private static func text(_ bytes: [UInt8]) -> Parameter {
    let digits = Array("0123456789abcdef".utf8)
    var text = Array("x".utf8)
    text.reserveCapacity(1 + bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return .bytes(text)
  }

  /// The different sets of people of one action, numbered from 1.
  struct NumberedSets: Sendable {
    private(set) var numbers: [CompiledRights.People: Int] = [:]
    private(set) var stages: [Int64: Int] = [:]

    init(_ held: [Int64: CompiledRights.People]) {
      for (stage, whose) in held where stage >= 0 {
        // More than 16 bits can count would take more stages than a company has; those are not held.
        guard let number = numbers[whose] ?? (numbers.count < 65_535 ? numbers.count + 1 : nil)
        else { continue }
        numbers[whose] = number
        stages[stage] = number
      }
    }
  }
}
