extension Vocabulary {
  static let english = Vocabulary(
    company: "Furniture City", slug: "furniture", currency: "GBP",
    zone: CompanyZone(name: "Europe/London", secondsFromUTC: 0),
    holidays: [101, 1225, 1226],
    admin: (.woman("Anna", "anna"), Surname("Carter")),
    givenNames: [
      .man("Ben", "ben"), .woman("Clara", "clara"), .man("Daniel", "daniel"),
      .woman("Emma", "emma"), .man("Frank", "frank"), .woman("Grace", "grace"),
      .man("Henry", "henry"), .woman("Isla", "isla"), .man("Jack", "jack"),
      .woman("Kate", "kate"), .man("Liam", "liam"), .woman("Maya", "maya"),
      .man("Noah", "noah"), .woman("Olivia", "olivia"), .man("Peter", "peter"),
      .woman("Quinn", "quinn"), .man("Ryan", "ryan"), .woman("Sophie", "sophie"),
      .man("Thomas", "thomas"), .woman("Uma", "uma"), .man("Victor", "victor"),
      .woman("Wendy", "wendy"), .man("Adam", "adam"), .woman("Zoe", "zoe"),
      .man("George", "george"), .woman("Hannah", "hannah"), .man("Simon", "simon"),
      .woman("Lucy", "lucy"), .man("Owen", "owen"), .woman("Ruth", "ruth"),
    ],
    surnames: [
      "Smith", "Jones", "Taylor", "Brown", "Wilson", "Evans", "Walker", "Wright", "Thompson",
      "White", "Hughes", "Edwards", "Green", "Hall", "Wood", "Harris", "Clarke", "Lewis",
      "Turner", "Hill", "Cooper", "Ward", "Morris", "Baker", "Parker", "Bennett", "Shaw",
      "Price", "Gray", "Palmer",
    ].map { Surname($0) },
    clientCompanies: [
      "Northern Homes Ltd", "Oval Design Studio", "New Quarter Ltd", "Park Coffee", "Officeline",
      "Birch Hotel", "Bright Walls Ltd", "Globe School", "Well Clinic", "Turnkey Refits",
      "Loftworks",
      "Crust Bakery", "Archer & Sons Architects", "Cosy Town Ltd", "Arena Fitness", "Bookyard",
      "Comfort Builders", "Pearl Salon", "Rainbow Nursery", "Quay Apartments", "Ash & Partners",
      "Lightshop", "Daisy Pharmacy", "Veranda Restaurant",
    ],
    articles: [
      "general": [
        Article("Fitted kitchen", 8_400, 0.3), Article("Sliding wardrobe", 2_300, 0.2),
        Article("Walk-in wardrobe", 3_600, 0.13), Article("Hallway set", 1_250, 0.1),
        Article("Children's room", 2_700, 0.1), Article("Table and chairs", 980, 0.08),
        Article("Office furniture", 5_200, 0.09),
      ],
      "services": [
        Article("Measuring and design", 280, 0.3), Article("Delivery to the door", 120, 0.2),
        Article("Assembly", 340, 0.25), Article("Repair and upholstery", 520, 0.15),
        Article("Office move", 1_400, 0.1),
      ],
    ],
    sources: [
      .site: "site form", .call: "call", .messenger: "messenger", .exhibition: "exhibition",
      .referral: "recommendation", .showroom: "showroom",
    ],
    comments: [
      .tooExpensive: [
        "Expected half the price; the discount did not help.", "Wanted to pay over two years.",
        "Compared it with flat-pack furniture.", "Too much now; may come back for a sale.",
      ],
      .terms: [
        "Needed it in two weeks, we need six.", "Did not want to pay 70% in advance.",
        "Wanted free delivery outside the city.",
      ],
      .competitor: [
        "Chose a factory with ready modules.", "The others measure free of charge.",
        "Friends told them of another workshop.", "Got a discount and a sink for free there.",
      ],
      .notNeeded: [
        "The refit is put off until next year.", "Keeps the old furniture.", "Is selling the flat.",
        "Asked for prices only, never meant to buy.",
      ],
      .dropped: [
        "The deal's time is over and there is no decision.", "A month without a move, dropped.",
        "Put off several times, dropped by the team lead.",
      ],
      .vanished: [
        "Five calls at different hours, no answer.", "Read the message and did not reply.",
        "Did not come to the meeting, phone is off.",
      ],
      .price: [
        "Agreed after a discount on the second item.", "Cheaper with us, delivery included.",
      ],
      .quality: [
        "Liked the fronts in the showroom.", "The fittings mattered.", "Saw ours next door.",
      ],
      .deliveryTime: ["In time for the house-warming.", "The others promised two months."],
      .service: [
        "We drew the design together.", "Praises the surveyor.", "Quick and clear answers.",
      ],
      .recommendation: ["Came because friends said so.", "The family's second order."],
      .wrongNumber: ["The number is not in service.", "Somebody else answered, sent no request."],
      .duplicate: ["The same request is being worked on.", "Wrote both a message and the form."],
      .notAClient: [
        "Offers services of their own.", "Looks for work as a fitter.", "Advertising.",
      ],
      .test: ["A try of the form after the site was updated."],
    ],
    // Numbers that the regulator keeps free for films.
    phoneCount: 1_000,
    phone: { "+44 7700 900\(padded($0, 3))" },
    rounding: 10)
}
