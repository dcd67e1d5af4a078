internal import ArgumentParser

/// `voronka contact …`.
struct Contact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Work with the clients' people.",
    subcommands: [
      ContactList.self, ContactShow.self, ContactCreate.self, ContactDuplicates.self,
      ContactMerge.self, ContactErase.self,
    ])
}
