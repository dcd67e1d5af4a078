/// The members of a JSON object, in the order in which they were written.
public struct JSONObject: Sendable {
  /// One named value.
  public struct Member: Sendable {
    /// The decoded name.
    public let name: String
    /// The value.
    public let value: JSON
    /// Where the value's bytes stand in the text it was read from; empty for a value made in code.
    public let range: Range<Int>

    /// One named value.
    public init(name: String, value: JSON, range: Range<Int> = 0..<0) {
      self.name = name
      self.value = value
      self.range = range
    }
  }

  /// The members; no name stands twice.
  public private(set) var members: [Member]

  /// Members whose names are known to differ.
  init(distinct members: [Member]) {
    self.members = members
  }

  /// An object without members.
  public init() {
    members = []
  }

  /// An object of named values. No name may stand twice.
  public init(_ pairs: some Sequence<(String, JSON)>) {
    members = pairs.map { Member(name: $0, value: $1) }
    precondition(
      members.count < 2 || Set(members.map { ExactText($0.name) }).count == members.count,
      "A JSON object names each member once")
  }

  /// How many members there are.
  public var count: Int { members.count }

  /// Whether there are none.
  public var isEmpty: Bool { members.isEmpty }

  /// The member of that name with its place in the source.
  public func member(_ name: String) -> Member? {
    members.first { $0.name.hasSameBytes(as: name) }
  }

  /// The value of the member of that name. Setting nil removes the member.
  public subscript(name: String) -> JSON? {
    get { member(name)?.value }
    set {
      let place = members.firstIndex { $0.name.hasSameBytes(as: name) }
      switch (place, newValue) {
      case (.some(let place), .some(let value)): members[place] = Member(name: name, value: value)
      case (.some(let place), .none): members.remove(at: place)
      case (.none, .some(let value)): members.append(Member(name: name, value: value))
      case (.none, .none): break
      }
    }
  }
}

extension JSONObject: Equatable {
  /// Whether both have the same names with the same values; order and place do not count.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    let values = Dictionary(
      right.members.map { (ExactText($0.name), $0.value) }, uniquingKeysWith: { first, _ in first })
    return left.members.allSatisfy { values[ExactText($0.name)] == $0.value }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object with its members in the order written; no name may stand twice.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self.init(elements)
  }
}
