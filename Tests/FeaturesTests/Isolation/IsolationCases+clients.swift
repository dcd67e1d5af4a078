internal import JSON

/// Contacts, companies and products.
extension IsolationCases {
  static let clients: [String: [IsolationCase]] = [
    "contact.create": [.of("company", \.company, ["name": "New"]), .plain(["name": "Newer"])],
    "contact.get": [.of("id", \.contact)],
    "contact.list": [
      .of("company", \.company), .plain(["phone": "+7 916 000-00-59"]), .plain(["limit": 500]),
    ],
    "contact.update": [
      .of("id", \.contact, ["name": "Changed"], usesUp: true),
      .of("company", \.company, own: "id", \.idleContact),
    ],
    "contact.delete": [.of("id", \.idleContact, usesUp: true)],
    "contact.erase": [
      .of("id", \.contact, ["dry_run": true]), .of("id", \.contact, usesUp: true),
    ],
    "contact.duplicates": [.of("id", \.contact), .plain(["limit": 500])],
    "contact.merge": [
      .naming(usesUp: true) { own, other in
        ["id": .integer(other.contact), "from": [.integer(own.idleContact)]]
      },
      .naming(usesUp: true) { own, other in
        ["id": .integer(own.contact), "from": [.integer(other.idleContact)]]
      },
    ],
    "company.duplicates": [.of("id", \.company), .plain(["limit": 500])],
    "company.merge": [
      .naming(usesUp: true) { own, other in
        ["id": .integer(other.company), "from": [.integer(own.idleCompany)]]
      },
      .naming(usesUp: true) { own, other in
        ["id": .integer(own.company), "from": [.integer(other.idleCompany)]]
      },
    ],
    "company.create": [.plain(["name": "New"])],
    "company.get": [.of("id", \.company)],
    "company.list": [
      .plain(["limit": 500]), .plain(["name": "Zulu", "phone": "+7 916 000-00-59"]),
    ],
    "company.update": [.of("id", \.company, ["name": "Changed"], usesUp: true)],
    "company.delete": [.of("id", \.idleCompany, usesUp: true)],
    "product.create": [.plain(["name": "New"])],
    "product.list": [.plain()],
    "product.update": [.of("id", \.product, ["name": "Changed"], usesUp: true)],
  ]
}
