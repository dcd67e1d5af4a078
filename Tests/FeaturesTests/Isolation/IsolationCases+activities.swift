internal import JSON

extension IsolationCases {
  static let activities: [String: [IsolationCase]] = {
    let call: JSONObject = ["type": "call", "due_at": "2030-01-01T00:00:00Z", "subject": "Hello"]
    return [
      "activity.plan": [
        .of("card", \.deal, call),
        .of(
          "own_type", \.activityType, own: "card", \.deal, ["due_at": "2030-01-01T00:00:00Z"]),
        .of("responsible", \.user, own: "card", \.deal, call).refusedAnyway,
      ],
      "activity.list": [.of("card", \.deal), .of("card", \.lead)],
      "activity.get": [.of("id", \.activity)],
      "activity.update": [
        .of("id", \.activity, ["subject": "Changed"], usesUp: true),
        .of("responsible", \.user, own: "id", \.activity, usesUp: true).refusedAnyway,
      ],
      "activity.complete": [
        .of("id", \.activity, ["outcome": "Hello", "next": .object(call)], usesUp: true),
        .of("last_contact", \.contactStatus, own: "id", \.activity, usesUp: true),
      ],
      "activity.cancel": [.of("id", \.activity, ["comment": "Hello"], usesUp: true)],
      "activity.missed_call": [
        .of("card", \.deal), .of("last_contact", \.contactStatus, own: "card", \.deal),
      ],
      "activity.call_back": [.of("card", \.deal, ["at": "2030-01-01T00:00:00Z"])],
      "activity.record_incoming": [.of("card", \.deal, ["type": "email", "subject": "Hello"])],
      "activity.my_day": [.plain(), .of("user", \.user)],
    ]
  }()
}
