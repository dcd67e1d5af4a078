internal import ArgumentParser

/// `voronka contact …`.
struct Contact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Work with the clients' people.",
    discussion: """
      voronka contact list --phone "8 916 123-45-67"
      voronka contact create Petr --phone "8 916 123-45-67" --email petr@client.example
      voronka contact update 3 --name "Petr Petrov" --phone "8 916 123-45-67" --phone "+7 495 123-45-67"
      voronka contact merge 3 8
      """,
    subcommands: [
      ContactList.self, ContactShow.self, ContactCreate.self, ContactUpdate.self,
      ContactDelete.self, ContactDuplicates.self, ContactMerge.self, ContactErase.self,
    ])
}
